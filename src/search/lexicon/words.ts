/**
 * German words that compounds are made of, written for this program (no foreign word list is in it). A word that
 * stands here is not taken apart itself: who looks for `Rat` does not mean `Betriebsrat`. What is missing here the
 * index learns from the records. Edit freely, and run `transfernetz reindex` afterwards.
 */
export const wordList = `
Abend Abfall Abfahrt Abgabe Ablage Ablauf Abnahme Abnehmer Absatz Abschluss Abschätzung Abschreibung Absprache Abteilung Abwasser Acker
Adresse Agentur Akte Aktion Akzeptanz Algorithmus Alltag Alltags Alter Altersvorsorge Analyse Anbieter Anerkennung Anfang Anfrage Anforderung
Angebot Angehörige Angestellte Angriff Anlage Anlagen Anleitung Anliegen Anmeldung Annahme Ansage Ansatz Anschaffung Ansprache Antrag Antwort Anruf Anspruch
Anwendung Anzeige Apotheke App Arbeit Arbeitgeber Arbeitnehmer Arbeitszeit Archiv Architekt Archivierung Art Arzt Assistent Assistenz Aufgabe Aufmaß Aufnahme
Aufsicht Auftrag Auftraggeber Aufwand Auge Ausbildung Ausfall Ausgabe Ausgang Aushilfe Auskunft Auslastung Auslieferung Ausschreibung Ausschuss Ausstattung Austausch Auswahl
Auswertung Ausweis Auszubildende Auto Automat Automatisierung Autor Azubi
Bäcker Bäckerei Bad Bahn Bank Barriere Basis Batterie Bau Bauer Bauherr Baum Baustein Baustelle Bauteil Beamte Bedarf Bedienung Bedingung Beginn
Begleitung Begriff Behandlung Behinderung Behörde Beispiel Beitrag Belastung Beleg Belegschaft Beleuchtung Bereich Bereitschaft Berater Beratung Berg Bericht Beruf
Beschaffung Beschäftigte Beschreibung Beschwerde Besprechung Bestand Bestandsaufnahme Bestellung Besuch Beteiligung Betreuung Betrieb Betriebsrat Betrag Bett Bewerbung Bewertung
Beziehung Bier Bild Bilder Bildung Bindung Biologie Blatt Blick Blume Boden Börse Brand Branche Brauer Brauerei Brief Brille Brot Bruch
Brücke Buch Buchhaltung Buchhandlung Buchung Bund Bürger Büro Bus Bühne Bürokratie
Café Chance Charge Chat Chef Chemie Chip Cloud Code Computer Container Controlling
Dach Dachdecker Daten Datenbank Datenschutz Datei Dauer Decke Design Dialog Diagnose Dichtung Dienst Dienstleister Dienstleistung Digitalisierung Direktor Dokument Dokumentation Dokumente Dolmetscher
Dorf Druck Drucker Druckerei Drohne Dünger Durchlauf
Ebene Effizienz Ehrenamt Eigentum Eigentümer Einarbeitung Einführung Eingabe Eingang Einkauf Einkommen Einrichtung Einsatz Einsicht Einspeisung Einstellung Einstieg Einteilung Einzel Eis
Elektriker Elektro Elektronik Eltern Empfang Empfehlung Energie Engpass Entgelt Entlastung Entlohnung Entsorgung Entwicklung Entwurf Ereignis Erfahrung Erfassung Erfolg Ergebnis
Ergonomie Erhebung Erkennung Ernährung Ernte Ersatz Erstellung Ertrag Erzieher Erziehung Essen Ethik Experiment Experte Export
Fabrik Fach Fachkraft Fachkräfte Fahrer Fahrrad Fahrschule Fahrt Fahrzeug Fall Familie Farbe Feedback Fehler Feier Feld Fenster Ferien Fertigung Fest Feuer Figur Filiale
Film Finanz Finanzierung Finger Firma Fisch Fläche Fleisch Fleischer Flug Fluss Folge Förderung Form Format Formular Forscher Forschung Forst Fortbildung Forum Foto Frage
Frau Freiberufler Freigabe Freiheit Freizeit Frist Friseur Früh Führung Führungskraft Führungskräfte Fuhrpark Funk Funktion Fuß
Garten Gärtner Gärtnerei Gas Gast Gäste Gastronom Gastronomie Gaststätte Gebäude Gebiet Gebühr Gefahr Gefährdung Gehalt Geheimnis Geld Gelände Gemeinde Gemüse Generation Genehmigung Genossenschaft
Gerät Geräte Gericht Geruch Geschäft Geschäftsführung Geschichte Geschlecht Gesellschaft Gesetz Gespräch Gestaltung Gesundheit Getränk Getränke Getreide Gewässer Gewerbe Gewerk Gewerkschaft Gewicht Gewinn Gewinnung
Glas Gleichstellung Gremium Grenze Großhandel Grund Grundstück Gruppe Gutachten
Haar Hafen Haftung Halle Hand Handel Handbuch Händler Handwerk Handwerker Haus Haushalt Hausmeister Haut Hebamme Heft Heim Heizung Hemmnis Herkunft Hersteller Herstellung Hilfe Hinweis Hobel
Hochschule Hof Hotel Holz Honorar Hörer Hygiene
Idee Import Information Ingenieur Inhaber Inhalt Inklusion Innovation Innung Insel Instandhaltung Institut Integration Interesse Internet Interview Inventur Investition
Jahr Jahres Jugend Jurist Justiz
Kabel Kaffee Kalender Kalkulation Kälte Kamera Kammer Kampagne Kanal Kanzlei Kapazität Kapital Karte Kasse Kassen Katalog Kauf Kern Kette Kfz Kind Kinder Kirche Kita Klage Klasse Kleid Klima Klinik
Koch Kollege Kommunikation Kommune Kompetenz Konferenz Konflikt König Kontakt Konto Kontrolle Konzept Kooperation Kopf Körper Korrektur Kosten Kraft Kräfte Krankenhaus Krankheit Kredit Kreis Kreislauf Krise Kriterium
Küche Kühlung Kultur Kunde Kunden Kundschaft Kündigung Kunst Kunststoff Kurs Kurve Kurz
Labor Lack Ladung Laden Lager Land Ländle Landwirt Landwirtschaft Lärm Last Laufwerk Layout Leben Lebensmittel Leder Lehre Lehrer Lehrling Leistung Leitfaden Leitlinie Leiter Leitung Lern Lernen Lernzeit Lesung Licht
Liefer Lieferant Lieferung Linie Liste Lizenz Lohn Logistik Lösung Luft
Macht Mail Makler Maler Management Mandant Mangel Mann Mannschaft Markt Marketing Maschine Maschinen Maß Maßnahme Material Mathematik Mauer Maurer Mechanik Mechaniker Medien Medikament Medizin Meer Mehrwert Meile Meister Meldung Menge Mensch
Menschen Messe Messer Messung Metall Methode Metzger Miete Mieter Migration Milch Minute Mitarbeiter Mitbestimmung Mitglied Mittel Mittelstand Mobilität Möbel Mode Modell Moderation Modul Molkerei Monat Monitor Montage
Monteur Motor Müll Mühle Muster Musik Museum Mutter
Nachbarschaft Nachfolge Nachfrage Nachhaltigkeit Nachricht Nacht Nachweis Naht Name Natur Navigation Netz Netzwerk Norm Not Notfall Notdienst Note Notiz Nummer Nutzen Nutzer Nutzung
Objekt Obst Ofen Offenheit Öffnung Öko Öl Optik Optiker Ordner Ordnung Organisation Ort Ostern
Paar Paket Papier Park Parkplatz Partei Partner Party Pass Pate Patient Patienten Pause Person Personal Personalrat Perspektive Pferd Pflanze Pflege Pfleger Pflicht Pilot Plan Planer Planung Platte Platz Plattform Politik Polizei Portal Position
Post Postfach Potenzial Praktikum Praxis Preis Presse Prinzip Probe Probezeit Problem Produkt Produktion Prognose Programm Projekt Protokoll Prozess Prüfer Prüfung Psyche Publikum Puffer Punkt Pumpe
Qualifikation Qualifizierung Qualität Quelle Quote
Rabatt Rad Rahmen Rampe Rat Raum Räume Rechner Rechnung Recht Rechte Redaktion Reform Regal Regel Regeln Regelung Region Register Reinigung Reise Reifen Reklamation Rente Reparatur Reservierung Resilienz Ressource Restaurant Rettung
Rezept Rezeption Richtlinie Ring Risiko Roboter Robotik Rohr Rohstoff Rolle Routine Route Rücken Rückmeldung Ruf Ruhe Runde
Saal Sache Saison Salon Sammlung Sand Sanitär Satz Schaden Schadens Schalter Schätzung Schein Schicht Schiene Schiff Schild Schlosser Schloss Schlüssel Schluss Schmerz Schmied Schneider Schnittstelle Schrank Schreiben Schreiner Schreinerei Schrift Schritt Schuh Schulung Schule Schüler Schutz Schweißer Schwelle
Seite Selbst Selbstständige Seminar Senioren Sensor Sensorik Serie Server Service Sicherheit Sicherung Sicht Signal Sitzung Software Solar Sommer Sonne Sonnen Sorte Sozial Sparte Speicher Speise Spedition Sperre Spiel Sport Sprache Sprach Sprecher
Staat Stadt Stadtwerk Stahl Stall Stamm Stand Standard Standort Start Statistik Staub Steckdose Stein Stelle Stellen Steuer Steuerung Stillstand Stimme Stoff Störung Strafe Strahl Straße Strategie Strecke Streit Stress Strom Struktur Stück Studie Studium Stufe Stunde Stunden Sturm Suche Sucht System
Tabelle Tafel Tag Tages Tagung Takt Tank Tarif Tarifvertrag Tasche Technik Techniker Technologie Teil Teilnehmer Teilnahme Teilzeit Telefon Teller Temperatur Termin Test Text Texte Theater Thema Ticket Tier Tisch Tischler Tischlerei Titel Tod Ton Tour Touren Tourismus Träger Training Transfer Transport Treffen Treppe Turm Tür Typ
Überblick Übergabe Überlastung Übersetzer Übersetzung Überstunden Überwachung Überweisung Übung Uhr Umfrage Umgebung Umsatz Umstellung Umwelt Unfall Unterlage Unterlagen Unternehmen Unterricht Unterstützung Unterweisung Untersuchung Urlaub Ursache Urteil
Verantwortung Verband Verbesserung Verbindung Verbot Verbrauch Verein Vereinbarung Verfahren Vergabe Vergleich Verfügung Verhalten Verkauf Verkäufer Verkehr Verlag Verlust Vermietung Vermittlung Verpackung Versand Versicherung Versorgung Version Verständnis Verstärkung Versuch Verteilung Vertrag Vertrauen Vertreter Vertrieb Verwaltung Verzeichnis Video Vielfalt Volk
Vorgang Vorgehen Vorgesetzte Vorhaben Vorhersage Vorlage Vorrat Vorschlag Vorschrift Vorsorge Vorstand Vortrag Vorteil
Waage Wache Waffe Wagen Wahl Wald Wand Wandel Ware Waren Wärme Wartung Wäsche Wasser Wechsel Weg Weiterbildung Welle Welt Werbung Werk Werkstatt Werkzeug Wert Wesen Wetter Wettbewerb Wiese Wind Winter Wirkung Wirt Wirtschaft Wissen Wissens Woche Wochenende Wohnung Wohnungs Wolle Wort Wörter Wunde Wunsch Würde Wurst
Melk Bestell Lehr Schweiß Lad Heiz Spritz Prüf Mess Back Such Fräs Pack Wasch Bohr Näh Steh Misch Schleif Gieß Web Online Mikro Makro Grafik Multi Meta Rück Folge Folgen Beurteilung Stätte Tagesstätte Kindertagesstätte Voranschlag Anzug Besetzung Schülerin Schätzer Kosten Ursachen Messgerät Rechte Gesellen Gesellin Wallbox Wärmepumpe Guss Spritzguss Jungpflanze Kraut Kräuter Verschluss Gehäuse Bote Botschaft Absprachen Abrechnung Lohnabrechnung Anbindung Börsen Fleck Fuge Gerüst Kabine Kiste Klempner Konstruktion Kündigungsschutz Leser Lokal Manager Masse Mehrheit Mulde Parkett Pflaster Rabatte Rente Schlange Schraube Schulden Sitz Spur Statik Tafel Tarifbindung Teig Ton Tresen Umzug Vase Vieh Voll Zapfen Zaun Ziegel Zulassung
Shop Chat Team Tool Blog Quiz Akku Akte Typ Tarif Gabe Gang Gut Güter Heft Herz Jagd Käse Kahn Kilo Kino Lauf Lied Lob Los Luft Mut Nadel Nest Niete Oper Paste Pech Rang Raub Reihe Ritt Rost Rute Saat Salz Sarg Schaf Sold Star Steg Stil Stuhl Tanz Tat Teich Tor Trick Ufer Veto Wand Watt Weide Wein Zahl Zahlen Zahlung Zähler Zahn Zeichen Zeichnung Zeit Zeiten Zeitung Zelle Zentrum Zertifikat Zettel Zeugnis Ziel Ziele Zimmer Zins Zoll Zug Zugang Zukunft Zulage Zulieferer Zusage Zusammenarbeit Zuschlag Zuschuss Zustand Zuständigkeit Zustellung Zuwanderung Zweck
Abbau Abfrage Abgleich Abhilfe Abholung Abkürzung Ablehnung Ablösung Abmahnung Abmeldung Absage Absender Absicherung Abstand Abstimmung
Abwesenheit Abwicklung Agenda Aktualisierung Alarm Allergie Amt Änderung Anfahrt Anhang Anhörung Ankauf Ankunft Anlass Anpassung Anrede
Anreiz Anschluss Anschrift Anteil Anweisung Anwender Anzahl Artikel Ärger Attacke Attest Audit Aufbau Aufbereitung Auflage Auflistung
Aufruf Aufsatz Aufteilung Auftritt Aufwertung Ausbau Ausbilder Ausblick Ausdruck Ausgleich Aushang Ausland Ausnahme Ausrüstung Aussage
Ausschank Außendienst Ausstellung Ausstieg Ausgrenzung Auszeit Auszug Beamer Beauftragte Bedrohung Befragung Befund Befugnis Begehung
Begrüßung Beobachtung Berechnung Berechtigung Bereinigung Bescheid Bescheinigung Beschluss Bestätigung Besucher Betreiber Bewohner
Bezahlung Bibliothek Blockade Bonus Box Buchhalter Budget Bündnis Check Coaching Cyber Deckung Demografie Digital Diskussion Display
Disposition Domäne Dosierung Durchführung Eignung Eingliederung Einheit Einigung Einladung Einlass Einnahmen Einsparung Einspruch
Einstufung Einwand Einwilligung Entscheidung Entspannung Erinnerung Erlaubnis Erläuterung Erlös Ermittlung Ersparnis Erwartung Erweiterung
Erzeuger Etat Etikett Evaluation Existenz Fassade Filter Fitness Flotte Flucht Frequenz Frühstück Garantie Gegenstand Gehör Geräusch Gewähr
Gründer Gründung Halter Handlung Handy Hebe Helfer Hotline Hürde Impfung Impuls Index Industrie Infektion Inspektion Installation Instanz
Kantine Katastrophe Käufer Kennzahl Kennzeichnung Klärung Klausel Knoten Kollektion Koordination Kopie Kosmetik Kranken Kreativität
Landschaft Laser Leasing Lernende Lotse Lücke Mahnung Mehrarbeit Mentor Mentoring Merkmal Missbrauch Mitarbeitende Mitgliedschaft Mobbing
Monitoring Nachbar Nachhilfe Nachlass Nachtrag Nachwuchs Neuling Newsletter Niederlassung Nutzbarkeit Oberfläche Ombud Option Orientierung
Ortung Pacht Pädagoge Panne Passwort Pflichten Pforte Phase Podcast Prämie Präsentation Prävention Praktikant Profil Protest Provision
Quartier Quittung Radar Ratgeber Rauch Reaktion Realität Rechtschreibung Recycling Rede Referat Referenz Reichweite Renovierung Respekt
Rest Restaurierung Revision Rückgabe Rückkehr Rückruf Rückstand Rüst Sanierung Säuberung Scheck Schlichtung Schmutz Schnitt Schwangerschaft
Schwerpunkt Sekretariat Sender Skript Smartphone Sonder Sortiment Spende Stapel Stiftung Tablet Tandem Taxi Toleranz Trainer Transparenz
Trend Übernachtung Übernahme Überprüfung Übersicht Übertragung Unterbrechung Unterkunft Unternehmer Unterschrift Ursprung Variante
Verabschiedung Veranstaltung Verarbeitung Verfolgung Verfügbarkeit Vergütung Verhandlung Verknüpfung Verlängerung Vernetzung Verordnung
Verpflegung Verrechnung Versammlung Verschleiß Verschwendung Verspätung Verstoß Verteidigung Vertretung Verwendung Verzögerung Visite Visum
Vorbereitung Vorbild Vorführung Vorgabe Vorrang Vorsicht Vorstellung Wahrnehmung Warnung Website Weisung Weiterentwicklung Widerspruch
Wiederverwendung Willkommen Wirksamkeit Workshop Zählung Zuführung Zugriff Zulieferung Zusammenstellung Zusatz Zuschnitt Zustimmung Zutritt
Zuweisung Banken Datenbanken Maßnahmen
`
