/**
 * How people say in everyday words what records call by the words of the field; written as the list of synonyms is.
 * Edit freely; searching takes it up at the next start.
 */
export const everydayList = `
Spengler = Flaschner = Blechner = Klempner = Klempnerei
Spengler = Flaschner = Blechner ~ SHK, Heizungsbau, Sanitär, Metallbau
Heizungsmonteur = Anlagenmechaniker = Heizungstechniker = Heizungsinstallateur ~ SHK, Heizungsbau, Sanitär
Gas-Wasser-Installateur = Wasserinstallateur = Sanitärfirma = Sanitärbetrieb ~ SHK, Heizungsbau, Klempner
Kältetechniker = Klimatechniker = Kälteanlagenbauer = Kälte-Klima-Betrieb ~ SHK, Heizungsbau
Ofenbauer = Ofensetzer = Kachelofenbauer ~ SHK, Heizungsbau
Schornsteinfeger = Kaminkehrer = Kaminfeger = Rauchfangkehrer = Schlotfeger
Elektromeister = Elektromonteur = Elektrofachkraft = Elektrofirma ~ Elektrobetrieb, Elektriker, Elektrohandwerk
Betriebselektriker = Betriebsschlosser ~ Instandhaltung, Wartung
Solarteur = Solarfirma = Solarmonteur ~ Photovoltaik, Elektrobetrieb
Zimmerei = Zimmermann = Zimmerleute = Holzbau
Bautischler = Möbeltischler = Möbelschreiner = Bauschreiner ~ Tischlerei, Schreinerei
Maurer = Maurerbetrieb = Betonbauer ~ Bauunternehmen, Hochbau, Baugewerbe, Baustelle
Bauunternehmen = Baufirma = Baubetrieb = Baugeschäft
Polier = Bauführer ~ Bauleitung, Baustelle, Kolonne
Tiefbau = Straßenbau
Fliesenleger = Plattenleger = Fliesenlegerbetrieb ~ Ausbaugewerbe, Baugewerbe
Bodenleger = Parkettleger = Estrichleger ~ Ausbaugewerbe, Raumausstatter
Stuckateur = Stukkateur = Verputzer = Trockenbauer ~ Malerbetrieb, Ausbaugewerbe
Anstreicher = Tüncher = Weißbinder = Malermeister = Malerei ~ Maler, Malerbetrieb
Glaserei = Fensterbauer
Raumausstatter = Polsterei = Polsterer
Steinmetz = Steinbildhauer = Steinmetzbetrieb
Metallbau = Schlosserei = Kunstschmied
Schweißer = Schweißfachmann ~ Metallbau, Schweißnaht
Zerspanungsmechaniker = CNC-Fräser = CNC-Dreher = Fräser ~ Zerspanung, Maschinenbau, Fräsmaschine
Dreherei = Lohnfertiger = Metallverarbeitung ~ Zerspanung, Maschinenbau, Metallbau
Werkzeugmacher = Werkzeugbauer ~ Maschinenbau, Spritzguss
Industriemechaniker = Maschinenschlosser ~ Instandhaltung, Maschinenbau, Montage
Mechaniker = Monteur ~ Werkstatt, Montage, Instandhaltung
Kfz-Mechatroniker = Automechaniker = Kfz-Mechaniker = Autoschlosser = Autoschrauber ~ Kfz-Werkstatt, Mechatroniker
Karosseriebauer = Autolackierer = Autolackiererei = Autoklempner ~ Kfz-Werkstatt, Lackiererei
Autohändler = Autoverkäufer = Gebrauchtwagenhändler ~ Autohaus
Fahrradladen = Fahrradgeschäft = Fahrradwerkstatt = Zweiradmechaniker = Fahrradhändler
Kunststoffverarbeitung = Plastikfabrik = Spritzgießerei ~ Spritzguss
Plastik ~ Kunststoff, Verpackung
Maschinenführer = Maschinenbediener = Anlagenführer = Anlagenfahrer ~ Schichtbetrieb, Produktion, Fertigung
Fließbandarbeiter = Bandarbeiter = Produktionshelfer = Hilfsarbeiter ~ Angelernte, Ungelernte, Produktion
Fabrik = Industriebetrieb = Produktionsbetrieb = Fertigungsbetrieb ~ Produktion, Fertigung
Autozulieferer = Automobilzulieferer = Zulieferbetrieb = Zulieferer
Schneiderei = Schneider = Änderungsschneiderei = Maßschneider
Schuhmacher = Schuster = Schusterei
Töpferei = Töpfer = Keramikwerkstatt ~ Handwerk, Manufaktur
Juwelier = Goldschmied = Uhrmacher = Schmuckgeschäft
Werft = Bootsbauer = Schiffbauer

Lkw-Fahrer = Fernfahrer = Trucker = Brummifahrer = Berufskraftfahrer ~ Spedition, Fahrpersonal, Logistik
Kraftfahrer = Auslieferungsfahrer ~ Fahrpersonal, Spedition, Fahrer
Spediteur = Frachtführer = Frächter = Fuhrunternehmer = Fuhrbetrieb ~ Spedition, Transportunternehmen, Logistik
Umzugsfirma = Umzugsunternehmen = Möbelpacker ~ Spedition
Busfahrer = Straßenbahnfahrer = Busunternehmen ~ Verkehrsbetrieb, Nahverkehr, Fahrpersonal
Nahverkehr = ÖPNV = Verkehrsbetrieb
Taxibetrieb = Taxifahrer = Taxiunternehmen
Paketbote = Paketzusteller = Paketfahrer = Kurierfahrer = Kurierdienst ~ Paketdienst, Zustellung, letzte Meile, Logistik
Briefträger = Postbote = Zusteller
Lieferfahrer = Fahrradkurier = Essenslieferant ~ Zustellung, Plattformarbeit, letzte Meile
Lagerist = Lagerarbeiter = Staplerfahrer = Gabelstaplerfahrer = Kommissionierer ~ Lager, Logistik, Packplatz
Disponent ~ Disposition, Einsatzplanung
Müllabfuhr = Müllmann = Müllwerker = Entsorgungsbetrieb = Müllabfuhrbetrieb ~ Entsorgung, Abfall
Wasserwerk ~ Stadtwerk, Wasserversorgung
Klärwerk = Kläranlage = Abwasserverband ~ Stadtwerk, Entsorgung
Netzbetreiber = Stromversorger = Gasversorger = Energiefirma ~ Stadtwerk, Energieversorger

Landwirt = Landwirtschaft = Bauernhof = Agrarbetrieb = Agrargenossenschaft
Milchbauer = Milchbetrieb = Milchviehbetrieb = Kuhbauer = Milchviehhalter ~ Landwirtschaft, Stall, Milchkühe
Biobauer = Biohof = Ökobauer = Biolandwirt ~ Landwirtschaft
Direktvermarkter ~ Landwirtschaft, Hofladen
Obstbauer = Obsthof ~ Gartenbau, Landwirtschaft, Ernte
Gemüsebauer ~ Gartenbau, Landwirtschaft, Ernte
Schweinebauer = Schweinezüchter = Schweinemast ~ Landwirtschaft, Stall
Geflügelhof = Hühnerhof ~ Landwirtschaft, Stall
LPG ~ Agrargenossenschaft
Weingut = Winzer = Weinbauer = Wengerter
Imkerei = Imker = Bienenzüchter
Forstbetrieb = Förster = Forstwirt = Waldarbeiter = Forstwirtschaft
Erntehelfer = Saisonarbeiter = Saisonkraft ~ Aushilfen, Landwirtschaft
Gärtner = Gärtnerei = Gartenbau = Gewächshausbetrieb
Landschaftsgärtner = GaLaBau = Landschaftsbau = Gartenpflege ~ Gartenbau, Gärtnerei
Florist = Blumenladen = Blumengeschäft = Blumenhändler ~ Einzelhandel, Gärtnerei

Brauerei = Bierbrauer = Brauer = Brauhaus = Braumeister
Molkerei = Käserei = Molkereifachmann
Feinbäcker = Zuckerbäcker = Patissier = Konditormeister ~ Konditorei, Bäckerei
Bäckermeister = Bäckereiverkäuferin = Brotladen ~ Bäckerei, Backstube
Fleischhauer = Schlachter = Schlachthof = Wurstküche = Metzgermeister ~ Metzgerei, Fleischerei
Lebensmittelhersteller = Lebensmittelbetrieb = Nahrungsmittelindustrie = Lebensmittelindustrie ~ Lebensmittel
Wirt = Gastwirt = Gastronom = Kneipe = Kneipenwirt ~ Gaststätte, Gastronomie, Gastgewerbe
Koch = Küchenchef = Beikoch ~ Küche, Gastronomie, Gaststätte
Küchenhilfe ~ Küche, Gastronomie, Gaststätte
Kellner = Servicekraft = Servierkraft = Barkeeper ~ Gastronomie, Gaststätte
Imbiss = Imbissbude = Dönerladen = Pizzeria = Foodtruck ~ Gastronomie
Catering = Partyservice = Caterer ~ Gastronomie, Küche
Kantine = Mensa = Großküche = Betriebsrestaurant ~ Küche, Gastronomie
Café = Kaffeehaus = Eisdiele = Eiscafé ~ Gastronomie, Gaststätte
Hotelier = Hotelbetreiber = Hotellerie = Hotelkette ~ Hotel, Gastgewerbe
Zimmermädchen = Housekeeping ~ Hotel, Hauswirtschaft, Reinigung
Rezeptionist = Empfangsdame = Portier = Concierge ~ Rezeption, Empfang, Hotel
Hauswirtschaft = Haushaltshilfe
Ferienwohnung = Ferienhaus = Gästehaus = Jugendherberge = Campingplatz ~ Gastgewerbe, Tourismus, Hotel
Tourismus = Fremdenverkehr = Touristik = Reiseveranstalter ~ Reisebüro, Gastgewerbe

Verkaufskraft = Kassierer = Ladenhilfe ~ Verkauf, Einzelhandel
Einzelhandel = Einzelhändler = Ladengeschäft = Fachgeschäft = Ladenbesitzer
Supermarkt = Lebensmittelladen = Discounter = Lebensmittelmarkt ~ Einzelhandel, Filiale
Dorfladen = Tante-Emma-Laden = Hofladen = Bioladen ~ Einzelhandel, ländlicher Raum
Filialleiter = Marktleiter = Ladenleiter ~ Einzelhandel
Boutique = Klamottenladen = Modegeschäft = Modehaus = Bekleidungsgeschäft ~ Einzelhandel
Getränkemarkt = Getränkehandel = Getränkehändler = Getränkegroßhandel
Großhandel = Großhändler = Grossist
Apotheke = Pharmazeut = PTA
Augenoptiker = Optiker = Brillengeschäft = Brillenladen
Hörakustiker = Hörgeräteakustiker = Hörgeräteladen ~ Gesundheit, Einzelhandel
Sanitätshaus = Orthopädietechnik = Orthopädieschuhmacher
Buchhändler = Buchladen = Bücherladen
Bibliothek = Bücherei = Bibliothekar
Vertriebler = Außendienstler = Handelsvertreter ~ Vertrieb, Außendienst

Putzfrau = Raumpflegerin = Putzhilfe = Reinemachefrau ~ Gebäudereinigung, Reinigungskräfte
Fensterputzer = Glasreiniger = Putzkolonne = Putztrupp ~ Gebäudereinigung, Objektleitung
Wäscherei = Waschsalon = Textilreinigung = Wäschereibetrieb
Facility-Management = Hausmeisterdienst = Hausmeisterservice = Objektbetreuung ~ Hausmeister, Gebäudereinigung
Hausverwaltung = Immobilienverwaltung ~ Wohnungswirtschaft
Wohnungsgesellschaft = Baugenossenschaft ~ Wohnungsgenossenschaft, Wohnungswirtschaft, Mieter
Immobilienmakler = Immobilienbüro = Wohnungsmakler
Makler ~ Immobilienmakler, Versicherungsmakler
Versicherungsvertreter = Versicherungsagentur = Versicherungsfachmann ~ Versicherungsmakler, Versicherung
Bankkaufmann = Bankkauffrau = Sparkasse = Volksbank = Kreditinstitut ~ Finanzdienstleistung
Sicherheitsdienst = Wachdienst = Wachschutz = Wachmann
Security ~ Sicherheitsdienst, IT-Sicherheit
Leiharbeit = Zeitarbeit = Arbeitnehmerüberlassung = Leiharbeitskräfte ~ Zeitarbeitsfirma
Zeitarbeitsfirma = Leihbude = Leiharbeitsfirma = Personaldienstleister = Personalvermittler
Callcenter = Callcenter-Agent = Telefonzentrale = Servicecenter ~ Kundenservice, Anrufe
Bestatter = Bestattungsinstitut = Bestattungsunternehmen = Leichenbestatter = Beerdigungsinstitut
Kosmetikstudio = Kosmetikerin = Nagelstudio = Beautysalon ~ Friseur
Friseuse = Friseurmeister = Barbier = Barbershop = Haarstudio ~ Friseur, Friseursalon
Fitnessstudio = Fitnesstrainer = Muckibude = Sportstudio
Fahrlehrer = Fahrschule = Fahrschulbesitzer
Fotograf = Fotostudio = Fotoladen = Hochzeitsfotograf
Handwerksmeister = Meisterbetrieb = Handwerksfirma = Handwerksbetrieb ~ Handwerk
Geselle = Facharbeiter = Altgeselle ~ Fachkräfte, Handwerk
Obermeister = Innung = Kreishandwerkerschaft ~ Handwerkskammer, Handwerk

Bilanzbuchhalter = Finanzbuchhalter = Fibu ~ Rechnungswesen
Lohnbuchhalter = Lohnbüro = Lohnabrechnung = Gehaltsabrechnung
Steuerfachangestellte = Steuergehilfe = Steuerfachwirt = Steuerfachgehilfin ~ Steuerkanzlei, Buchhaltung
Wirtschaftsprüfer ~ Steuerkanzlei
Notar = Notariat ~ Kanzlei, Rechtsanwalt
Rechtsanwaltsfachangestellte = ReNo = Anwaltsgehilfin = Anwaltsbüro ~ Anwaltskanzlei, Kanzlei
Sekretärin = Sekretariat = Vorzimmer = Bürokraft = Bürokauffrau ~ Büroarbeit, Empfang
Architekturbüro = Architekt ~ Planungsbüro, Ingenieurbüro
Tragwerksplaner = Vermesser = Vermessungsbüro = Geometer ~ Ingenieurbüro
Bauzeichner = Konstrukteur = Technischer Zeichner ~ Konstruktion, Planungsbüro
Bauingenieur ~ Ingenieurbüro, Bauleitung
Ingenieur ~ Ingenieurbüro
Unternehmensberater = Consultant ~ Betriebsberatung, Beratung
Programmierer = Informatiker = Fachinformatiker ~ Softwarehaus, Softwareentwicklung
IT-Dienstleister = Systemhaus = Computerladen = EDV-Firma = Computerfirma ~ IT-Unternehmen, Softwarehaus
Administrator = Admin = Systemadministrator = ITler = EDV-Abteilung ~ IT-Abteilung
Webdesigner = Webentwickler = Webmaster = Webagentur ~ Website, Werbeagentur
Grafikdesigner = Mediengestalter = Werbegrafiker ~ Werbeagentur, Gestaltungsagentur
Werbetexter = Copywriter ~ Werbeagentur, Texte
Werbefirma = Designbüro = Designagentur = PR-Agentur = Internetagentur ~ Werbeagentur
Journalist = Redakteur = Reporter = Zeitungsverlag = Lokalzeitung ~ Redaktion, Verlag
Verlag = Verleger = Verlagshaus = Lektor
Buchbinder = Buchbinderei = Siebdruckerei = Copyshop ~ Druckerei
Übersetzungsbüro = Sprachmittler = Fachübersetzer = Übersetzungsagentur ~ Übersetzerin
Theater = Schauspielhaus = Schauspieler = Stadttheater
Musiker = Künstler = Kulturschaffende = Kunstschaffende ~ Solo-Selbstständige, Kulturbetrieb
Kreative ~ Solo-Selbstständige, Kulturschaffende
Museum = Museumsleitung = Kurator = Ausstellungshaus

Lehrkraft = Pauker ~ Schule, Unterricht
Dozent = Kursleiter = Seminarleiter = Honorarkraft ~ Lehrkräfte, Weiterbildung
Weiterbildungsträger = Bildungsträger = Bildungsanbieter = VHS = Volkshochschule
Berufsschullehrer = Berufskolleg = Berufsschule = Gewerbeschule
Lehrmeister = Lehrherr = Ausbildungsmeister ~ Auszubildende
Lehrmädchen = Lehrbub ~ Auszubildende, Ausbildung
Kindergärtner = Kinderpfleger = Kitaleitung ~ Kita, Kindertagesstätte
Ganztagsbetreuung = Tagesmutter = Krabbelgruppe ~ Kita
Sozialarbeiter = Sozialpädagoge = Streetworker = Sozialberatung ~ Sozialwesen, Wohlfahrtsverband
Krankenschwester = Krankenpfleger = Stationsschwester ~ Pflegekräfte, Krankenhaus, Pflege
Altenpfleger = Seniorenpfleger = Pflegefachfrau = Pflegefachmann ~ Pflegekräfte
Pflegehelfer = Pflegehilfskraft = Pflegeassistent ~ Pflegekräfte, Altenpflege
Alltagsbegleiter = Betreuungskraft ~ Seniorenheim, Altenpflege
Pflegedienstleitung = PDL = Stationsleitung = Wohnbereichsleitung = Oberschwester
Heimleiter = Einrichtungsleitung ~ Pflegeheim, Führungskraft
Seniorenwohnen = Tagespflege ~ Altenpflege, Seniorenheim
Betreutes Wohnen ~ Altenpflege, Seniorenheim
Hauskrankenpflege = häusliche Pflege = Gemeindeschwester ~ Pflegedienst, ambulante Pflege
Pflege zu Hause ~ Pflegedienst, ambulante Pflege
Senioren ~ Altenpflege, Seniorenheim, Pflege
Arzt = Doktor = Facharztpraxis ~ Arztpraxis
Ärztehaus = MVZ = Landarzt = Kinderarzt = Facharzt ~ Arztpraxis, Hausarztpraxis
Zahnarztpraxis = Zahnarzt = Zahnmediziner = Zahnarzthelferin = Zahnmedizinische Fachangestellte
Dentallabor = Zahntechniker = Zahnlabor
Tierarztpraxis = Tierarzt = Tierklinik = Veterinär
Physiotherapie = Physiotherapeut = Krankengymnast = Physio
Ergotherapie = Ergotherapeut ~ Therapie
Psychologe = Psychotherapeut ~ Therapie, Arztpraxis
Heilpraktiker ~ Therapie, Arztpraxis
Hebamme = Geburtshaus = Entbindungspfleger = Hebammenpraxis
Rettungsdienst = Rettungssanitäter = Notfallsanitäter = Sanitäter
Rehaklinik = Kurklinik = Reha = Rehazentrum ~ Klinik, Krankenhaus
Behindertenwerkstatt = WfbM = Behindertenhilfe = Lebenshilfe ~ Inklusionsbetrieb
Caritas ~ Wohlfahrtsverband, Pflegedienst
Diakonie ~ Wohlfahrtsverband, Pflegedienst
AWO = Arbeiterwohlfahrt ~ Wohlfahrtsverband, Pflegedienst
Rotes Kreuz = DRK ~ Wohlfahrtsverband, Pflegedienst
Rathaus = Gemeindeverwaltung = Stadtverwaltung = Kommunalverwaltung ~ Kommune, Behörde, öffentliche Verwaltung
Beamte = Staatsdienst ~ Behörde, öffentliche Verwaltung, Personalrat
Laborant = Chemiker = Chemielaborant ~ Chemieindustrie

Einzelkämpfer = Einmannbetrieb = Einzelunternehmen ~ Solo-Selbstständige, Freiberufler
Soloselbständige = Soloselbstständige = Alleinunternehmer = Selbständige ~ Solo-Selbstständige, Freiberufler, Honorar
selbständig = selbstständig ~ Solo-Selbstständige, Freiberufler
Crowdworker = Clickworker = Gigworker ~ Plattformarbeit, Solo-Selbstständige
Lieferando = Upwork = Fiverr ~ Plattformarbeit, Plattformen
Existenzgründer = Start-up = Neugründung ~ Gründung
scheinselbstständig = scheinselbständig ~ Solo-Selbstständige, Plattformarbeit
Auftragsflaute = Auftragsloch ~ Akquise, Honorar
Neukunden = Kundengewinnung = Kaltakquise ~ Akquise, Marketing
Kunden gewinnen ~ Akquise, Marketing
Stundenlohn = Tagessatz = Honorarsatz ~ Honorar, Stundensatz
Familienunternehmen = Familienbetrieb = Traditionsbetrieb
Klitsche = Kleinstfirma = Kleinfirma ~ Kleinbetrieb, KMU
Boss = Chefetage = Prinzipal ~ Führungskraft, Geschäftsführung
Betriebsinhaber = Firmenchef = Firmeninhaber = Betriebsleiter ~ Inhaber, Geschäftsführung

Inserat = Annonce = Jobanzeige = Stellenangebot = Stellenausschreibung ~ Stellenanzeige, Personalgewinnung
Jobportal = Jobbörse = Karriereseite = Stellenportal ~ Stellenanzeige, Personalgewinnung
Indeed = StepStone = LinkedIn = Xing ~ Stellenanzeige, Personalgewinnung, Social Media
Leute suchen ~ Personalgewinnung, Fachkräfte, Stellenanzeige
Personal suchen ~ Personalgewinnung, Fachkräfte, Stellenanzeige
Mitarbeiter suchen ~ Personalgewinnung, Fachkräfte, Stellenanzeige
Nachwuchs ~ Auszubildende, Ausbildung, Nachwuchsgewinnung
Lehrstelle = Ausbildungsplatz = Ausbildungsstelle ~ Ausbildung, Auszubildende
Schulabgänger = Schulabbrecher ~ Auszubildende, Ausbildung
Schülerpraktikum = Schnupperpraktikum ~ Auszubildende, Ausbildung, Praktikum
Personalnot = unterbesetzt = Personalengpass = Arbeitskräftemangel ~ Fachkräftemangel, Besetzung
Leute fehlen ~ Fachkräftemangel, Besetzung
unbesetzt = Stellenbesetzung ~ Personalgewinnung, Fachkräftemangel, Stellenanzeige
offene Stelle ~ Personalgewinnung, Fachkräftemangel, Stellenanzeige
Arbeitskräfte = Personalbedarf ~ Fachkräfte, Fachkräftemangel
anheuern = anwerben = Neueinstellung ~ Personalgewinnung, Bewerbung
Vorstellungsgespräch = Bewerbungsgespräch = Lebenslauf ~ Bewerbung, Personalgewinnung
abwerben = Headhunter ~ Mitarbeiterbindung, Personalgewinnung
Arbeitgebermarke = Employer Branding = Arbeitgeberattraktivität ~ Personalgewinnung, Mitarbeiterbindung
Quereinsteiger = Seiteneinsteiger = Umsteiger = Berufswechsler ~ Quereinstieg, Qualifizierung
Arbeitslose = Langzeitarbeitslose ~ Agentur für Arbeit, Qualifizierung
Jobcenter ~ Agentur für Arbeit
Umschulung ~ Qualifizierung, Weiterbildung
anlernen = einlernen = Einweisung ~ Einarbeitung, Anleitung
Neuling = Berufsanfänger ~ Einarbeitung, Pate
Mentor = Mentoring = Buddy = Patenmodell ~ Pate, Einarbeitung, Patenschaft
Probezeit ~ Einarbeitung
hinschmeißen = hinwerfen = davonlaufen ~ Kündigung, Mitarbeiterbindung, Fluktuation
Leute halten ~ Mitarbeiterbindung, Kündigung
Mitarbeiter halten ~ Mitarbeiterbindung, Kündigung
abwandern = Abwanderung ~ Mitarbeiterbindung, Fluktuation
Betriebsklima = Arbeitsklima = Arbeitszufriedenheit ~ Mitarbeiterbindung, Personalführung
Lohnerhöhung = Gehaltserhöhung ~ Lohn, Tarif
Viertagewoche = Gleitzeit ~ Arbeitszeit, Teilzeit, Work-Life-Balance
Kündigungswelle = Entlassung = Stellenabbau = Jobverlust ~ Kündigung, Beschäftigungssicherung
wegrationalisieren = Arbeitsplatzverlust = Jobkiller ~ Beschäftigungssicherung, Mitbestimmung

dazulernen ~ Weiterbildung, Qualifizierung, Schulung
beibringen = vormachen ~ Anleitung, Schulung, Unterweisung
Lehrgang = Seminar = Webinar = Fortbildungskurs ~ Schulung, Weiterbildung
Lernvideo = Lernfilm = Erklärvideo = Erklärfilm = Videoanleitung ~ E-Learning, Anleitung
YouTube = Moodle = Ilias = Lern-App ~ E-Learning, Lernplattform
Learning by Doing = arbeitsplatznah ~ Lernen, Qualifizierung, Lernzeit
Zeit fürs Lernen = Bildungsurlaub = Bildungszeit = Bildungsfreistellung ~ Lernzeit, Weiterbildung
Schulbank = Schulbank drücken = Nachhilfe ~ Weiterbildung, Lernen
Berufsabschluss = Abschluss nachholen ~ Nachqualifizierung, Teilqualifikation
Hilfskräfte = Angelernte = Ungelernte = Geringqualifizierte ~ Teilqualifikation, Nachqualifizierung
Berichtsheft = Gesellenprüfung = Zwischenprüfung = Gesellenstück ~ Ausbildung, Auszubildende
Meisterschule = Meisterkurs = Meisterbrief = Meisterprüfung ~ Weiterbildung, Handwerk
Computerkurs = EDV-Kurs = PC-Kurs = Computerkenntnisse ~ digitale Kompetenzen, Schulung, Weiterbildung
computerscheu = Technikangst = Technikmuffel = Digitalmuffel = technikfern ~ Akzeptanz, digitale Kompetenzen, Schulung
KI-Schulung = KI-Kurs = KI-Führerschein = KI-Training ~ KI-Kompetenz, Schulung
KI-Kompetenz = KI-Fachwissen = AI Literacy
KI-Pflichtschulung ~ KI-Kompetenz, Schulung

radebrechen = gebrochenes Deutsch ~ Deutschkenntnisse, Sprachförderung, Leichte Sprache
Deutschunterricht = Sprachkurs = Sprachunterricht ~ Deutschkurs, Sprachförderung
Deutsch lernen ~ Deutschkurs, Sprachförderung
Verständigungsprobleme = Sprachprobleme ~ Sprachbarriere, Dolmetschen, Übersetzung
Fremdsprache ~ Mehrsprachigkeit, Übersetzung
Muttersprache = Sprachenvielfalt ~ Mehrsprachigkeit, Übersetzung
Ausländer ~ Zuwanderung
Flüchtling = Asylbewerber ~ Geflüchtete, Zuwanderung
Ukrainer ~ Geflüchtete, Zuwanderung
Migranten = Migrationshintergrund = Zuwanderer ~ Zuwanderung, Migration
Zeugnisanerkennung = Berufsanerkennung ~ Anerkennung, Zuwanderung
Arbeitserlaubnis ~ Zuwanderung
Aufenthaltserlaubnis ~ Zuwanderung
Visum ~ Zuwanderung
Willkommenskultur = einleben ~ Zuwanderung, Willkommenslotse
Übersetzungsprogramm = Übersetzungs-App ~ Übersetzung, Dolmetschen
DeepL = Google Translate = Google Übersetzer ~ Übersetzung, maschinelle Übersetzung, Dolmetschen
Amtsdeutsch = Behördendeutsch = Fachchinesisch = Beamtendeutsch = Kauderwelsch ~ Leichte Sprache, verständlich
Bildchen = Piktogramm = Bildanleitung = Bilderanleitung ~ Anleitung, Unterweisung
Rassismus = ausländerfeindlich = Fremdenfeindlichkeit ~ Diskriminierung, Vielfalt
Vorurteile ~ Diskriminierung, Vielfalt

aufhören = Betrieb aufgeben = Laden aufgeben = zumachen ~ Nachfolge, Übergabe
weitermachen = weiterführen = Betrieb weiterführen ~ Nachfolge, Übergabe
Nachfolgersuche = Firmenübergabe = Geschäftsübergabe ~ Nachfolge, Betriebsübergabe
Betrieb verkaufen ~ Nachfolge, Betriebsübergabe
Sohn ~ Nachfolge, Familienbetrieb
Tochter ~ Nachfolge, Familienbetrieb
Babyboomer = Boomer = geburtenstarke Jahrgänge ~ Rente, demografischer Wandel, Erfahrungswissen
alte Hasen = Altgediente ~ Erfahrungswissen, Wissenstransfer, ältere Beschäftigte
langjährige Mitarbeiter ~ Erfahrungswissen, Wissenstransfer, ältere Beschäftigte
ältere Kollegen ~ demografischer Wandel, ältere Beschäftigte, altersgemischt
Überalterung = überaltert = Vergreisung = Altersstruktur ~ demografischer Wandel, Rente
altersgemischt ~ Generationen, Tandem, Wissenstransfer
Generation Z ~ Generationen, Nachwuchsgewinnung
Generationenkonflikt ~ Generationen, Konflikt
Jung und Alt ~ Generationen, Tandem, Wissenstransfer
Kopfwissen = Herrschaftswissen = Insiderwissen ~ Erfahrungswissen, Wissenstransfer, Wissensmanagement
weitergeben = Wissen bewahren ~ Wissenstransfer, Erfahrungswissen
Know-how = Fachwissen = Expertenwissen = Kniffe ~ Erfahrungswissen, Wissensmanagement
Wiki = Firmenwiki = Nachschlagewerk = Wissensdatenbank = Betriebshandbuch ~ Wissensmanagement, Wissensspeicher

Teamleiter = Gruppenleiter = Abteilungsleiter = Schichtleiter ~ Führungskraft
Vorarbeiter ~ Führungskraft
Schichtführer = Schichtleitung = Kolonnenführer = Schichtmeister ~ Führungskraft, Schichtbetrieb
delegieren = loslassen = Verantwortung abgeben ~ Führung, Selbstorganisation
Führungsstil = Menschenführung = Mitarbeiterführung = Führungsverhalten ~ Personalführung, Führung
Mitarbeitergespräch = Personalgespräch = Jahresgespräch = Kritikgespräch ~ Personalführung, Rückmeldung
motivieren = Motivation = Ansporn ~ Personalführung, Mitarbeiterbindung
Geschäftsleitung = Chefsache = Unternehmensleitung = Firmenleitung ~ Geschäftsführung, Führung
Teambesprechung = Teamsitzung = Meeting = Morgenrunde ~ Besprechung, Stehtreffen
Stand-up = Daily = Sprint = Retro ~ agiles Arbeiten, Kanban
Teamarbeit = Teamgeist = Zusammenhalt ~ Team, agiles Arbeiten
Zoff = Knatsch = Reibereien = zerstritten ~ Konflikt
Streit ~ Konflikt
Mobbing = schikanieren = gemobbt = Schikane ~ Konflikt, psychische Belastung
Gerüchte = Flurfunk = Buschfunk = tratschen ~ Kommunikation, Veränderung
Skepsis = skeptisch = sträuben = Widerstand ~ Akzeptanz, Beteiligung, Veränderung
Bedenken = Bedenkenträger = Vorbehalte = Misstrauen ~ Akzeptanz, Einwände, Vertrauen
mitnehmen = Leute mitnehmen = Belegschaft mitnehmen = einbinden = einbeziehen ~ Beteiligung, Akzeptanz
überstülpen = übergestülpt ~ Beteiligung, Mitsprache
Change Management = Changemanagement = Umbruch = Umstrukturierung ~ Veränderung, Transformation

mitreden = mitentscheiden = mitgestalten = Mitspracherecht ~ Mitbestimmung, Beteiligung
Arbeitnehmervertreter = Personalvertreter = Vertrauensmann ~ Betriebsrat, Interessenvertretung
Vertrauensleute ~ Betriebsrat, Interessenvertretung
Betriebsratswahl = Betriebsratsgründung ~ Betriebsrat, Interessenvertretung, Vertrauensleute
Betriebsrat gründen ~ Betriebsrat, Interessenvertretung, Vertrauensleute
Betriebsversammlung = Belegschaftsversammlung = Personalversammlung ~ Betriebsrat, Beteiligung
Dienstvereinbarung = Rahmenvereinbarung = Hausvereinbarung ~ Betriebsvereinbarung
Einigungsstelle ~ Mitbestimmung, Betriebsvereinbarung, Konflikt
Arbeitsgericht ~ Mitbestimmung, Konflikt
IG Metall ~ Gewerkschaft, Tarifvertrag
Verdi ~ Gewerkschaft, Tarifvertrag
ver.di ~ Gewerkschaft, Tarifvertrag
NGG ~ Gewerkschaft, Tarifvertrag
IG BCE ~ Gewerkschaft, Tarifvertrag
Gewerkschaftssekretär = Gewerkschaftler ~ Gewerkschaft, Betriebsrat
Arbeitgeberverband = Tarifpartner = Tarifparteien
Tariflohn ~ Tarifvertrag
Tarifrunde ~ Tarifvertrag, Gewerkschaft
Streik ~ Gewerkschaft, Tarifvertrag
Arbeitsrecht ~ Mitbestimmung, Betriebsvereinbarung
Arbeitsvertrag ~ Tarifvertrag, Betriebsvereinbarung
Kündigungsschutz ~ Kündigung, Beschäftigungssicherung
Schwerbehindertenbeauftragte = Inklusionsbeauftragte ~ Schwerbehindertenvertretung, Inklusion
Vertrauensperson ~ Schwerbehindertenvertretung
Jugendvertreter = Jugendvertretung = Azubivertretung ~ Jugend- und Auszubildendenvertretung
ausspionieren = bespitzeln = ausspähen = Bespitzelung = beschatten ~ Überwachung, Leistungskontrolle
Big Brother = gläserner Mitarbeiter ~ Überwachung, Leistungskontrolle
Videoüberwachung = Kameraüberwachung = Überwachungskamera ~ Überwachung, Datenschutz, Einwilligung
GPS = Ortung = Tracking = Fahrzeugortung ~ Standortdaten, Überwachung, Datenschutz

verboten = untersagt ~ KI-Leitlinie, Regeln
erlaubt ~ KI-Leitlinie, Regeln
Spielregeln = Hausregeln = Hausordnung = Verhaltensregeln ~ Leitlinie, Regeln
Dienstanweisung = Betriebsanweisung = Merkblatt = Arbeitsanweisung ~ Leitlinie, Anleitung, Unterweisung
Schatten-KI = Schatten-IT = Privataccount = privater Account ~ KI-Leitlinie, private Zugänge
Gemini ~ Sprachmodell, generative KI, ChatGPT
Claude ~ Sprachmodell, generative KI, ChatGPT
Perplexity ~ Sprachmodell, generative KI, ChatGPT
Mistral ~ Sprachmodell, generative KI, ChatGPT
DeepSeek ~ Sprachmodell, generative KI, ChatGPT
KI-Tool = KI-Programm = KI-Software = KI-Anwendung = KI-App ~ KI-Werkzeuge, KI-Systeme
schlaue Software = kluge Software = intelligente Software = schlaues Programm ~ Künstliche Intelligenz
Midjourney ~ Bildgenerator, generative KI, Urheberrecht
DALL-E ~ Bildgenerator, generative KI, Urheberrecht
Stable Diffusion ~ Bildgenerator, generative KI, Urheberrecht
Canva ~ Bildgenerator, generative KI, Urheberrecht
KI-Bild = Bildgenerierung ~ Bildgenerator, Urheberrecht
formulieren = Formulierungshilfe ~ Sprachmodell, Texte, Textbausteine
Texte schreiben ~ Sprachmodell, Texte, Textbausteine
halluzinieren = Halluzination = Quatsch erzählen ~ Sprachmodell, Quellenangabe, Prüfen
gegenlesen = nachprüfen = gegenchecken = drüberschauen = Gegenkontrolle ~ Prüfung, Vier-Augen-Prinzip, Stichprobe
haften = geradestehen = Schuldfrage ~ Haftung, Verantwortung
Datenkrake = Datenleck = Datenpanne = Datenmissbrauch = Datenklau ~ Datenschutz, IT-Sicherheit
personenbezogene Daten = Personendaten ~ Datenschutz, DSGVO
Patientendaten = Mandantendaten ~ Datenschutz, DSGVO, Berufsgeheimnis
Kundendaten ~ Datenschutz, DSGVO, Berufsgeheimnis
Gesundheitsdaten ~ Datenschutz, DSGVO, Berufsgeheimnis
Schweigepflicht = Verschwiegenheit = Geheimhaltung = Betriebsgeheimnis ~ Berufsgeheimnis, Geschäftsgeheimnis, Datenschutz
Einverständnis = Einverständniserklärung ~ Einwilligung, Datenschutz
Datenschutzbehörde = Landesdatenschutzbeauftragte ~ Aufsichtsbehörde, Datenschutz
löschen ~ Löschung, Löschfrist
anonymisieren ~ Anonymisierung, Datenschutz
Cloud-Anbieter = AWS = Azure = Dropbox = Google Drive ~ Cloud, Datenschutz, Serverstandort
lokale KI ~ On-Premises, Server
abgekupfert = Plagiat = Ideenklau ~ Urheberrecht, Nutzungsrechte
Bildrechte = Autorenrechte = Urheber = Lizenzrechte ~ Urheberrecht, Nutzungsrechte
KI-Kennzeichnung = Kennzeichnungspflicht = kenntlich machen ~ Kennzeichnung
Deepfake ~ Kennzeichnung, Urheberrecht
Hochrisiko-KI = Hochrisiko = Risikoklasse = Risikoeinstufung = Risikostufe ~ KI-Verordnung, Einstufung
ungerecht = unfair = benachteiligt = parteiisch = voreingenommen ~ Diskriminierung, Fairness, Gerechtigkeit
moralisch = ethisch ~ Ethik, Fairness

Zettelwirtschaft = Zettelkram = Papierchaos = Papierberg ~ Papier, Ablage, Dokumentenmanagementsystem, Digitalisierung
Papierkrieg = Verwaltungskram = Schreibkram = Bürokram = Formularkrieg ~ Bürokratie, Dokumentation, Formular
Aktenordner = Leitz-Ordner = Aktenschrank = Registratur ~ Ablage, Archiv, Dokumentenmanagementsystem
Ordner ~ Ablage, Archiv, Dokumentenmanagementsystem
papierlos = papierloses Büro = E-Akte = elektronische Akte = digitale Akte ~ Dokumentenmanagementsystem, Ablage, Archiv
einscannen = scannen = abheften = digitalisieren ~ Texterkennung, Dokumentenmanagementsystem, Digitalisierung
Dateien suchen ~ Ablage, Dokumentenmanagementsystem, Suchzeiten
wiederfinden = Ablagechaos = Dateichaos ~ Ablage, Dokumentenmanagementsystem
SharePoint ~ Ablage, Wissensmanagement
OneNote ~ Ablage, Wissensmanagement
Notion ~ Ablage, Wissensmanagement
Confluence ~ Ablage, Wissensmanagement
Nextcloud ~ Ablage, Wissensmanagement
mitschreiben ~ Protokoll, Dokumentation
aufschreiben = dokumentieren ~ Dokumentation, Protokoll
Schreibarbeit = Tipparbeit = abtippen = eintippen ~ Dokumentation, Spracherkennung, Belegerfassung
einsprechen = diktieren = reinsprechen = aufsprechen = Sprachnachricht ~ Spracherkennung, Diktat, Spracheingabe
Diktiergerät = Dragon = Sprachsoftware = Spracherkennungsprogramm ~ Spracherkennung, Diktat
Pflegebericht = Pflegebericht schreiben = Pflegeakte ~ Pflegedokumentation, Dokumentation
Pflegeplanung ~ Pflegedokumentation
Leistungsnachweis ~ Dokumentation, Pflegedokumentation
Arztbrief ~ Dokumentation, Telematikinfrastruktur
Befund ~ Dokumentation
Patientenakte = ePA = Behandlungsdokumentation ~ Dokumentation, Telematikinfrastruktur
Bautagebuch = Baustellenbericht = Regiebericht = Rapport = Tagesbericht ~ Baustellendokumentation, Dokumentation
Handyfotos = Fotodoku = Baustellenbilder ~ Fotodokumentation, Baustellendokumentation
Auftragszettel = Arbeitszettel = Laufzettel = Auftragsmappe = Laufkarte ~ Auftragsabwicklung, Auftrag, Dokumentation
Besprechungsprotokoll = Sitzungsprotokoll = Niederschrift ~ Protokoll, Zusammenfassung, Besprechung
Übergabebuch = Schichtübergabe = Dienstübergabe = Schichtbuch ~ Dokumentation
Gefahrstoff ~ Arbeitsschutz, Unterweisung
Sicherheitseinweisung ~ Unterweisung, Arbeitsschutz
Arbeitsunfall = Unfallverhütung ~ Arbeitsschutz, Unterweisung
Bürokratiewahnsinn = Amtsschimmel ~ Bürokratie, Nachweis, Dokumentation
Vorschriften ~ Bürokratie, Nachweis
Nachweispflicht ~ Nachweis, Dokumentation, Bürokratie

Preisfrage = nachrechnen = durchrechnen = Preise berechnen ~ Kalkulation, Nachkalkulation
kalkulieren = verkalkuliert = draufzahlen = Kostenrechnung = Selbstkosten ~ Kalkulation, Nachkalkulation, Preisgestaltung
Angebote schreiben = Angebotsschreiben = Angebotserstellung = Angebotswesen ~ Angebot, Kostenvoranschlag, Kalkulation
ausmessen = vermessen = Maße nehmen = Zollstock ~ Bestandsaufnahme, Angebot
Aufmaß ~ Bestandsaufnahme, Angebot
LV = Leistungsverzeichnis = Submission = Ausschreibungstexte ~ Ausschreibung, Vergabe
Vergabeverfahren = Vergaberecht ~ Vergabe, Ausschreibung
Rechnungen schreiben = Rechnungsstellung = Fakturierung = abrechnen = Schlussrechnung ~ Rechnung, E-Rechnung
PDF-Rechnung = digitale Rechnung = E-Rechnungspflicht ~ E-Rechnung, XRechnung, ZUGFeRD
Quittung = Kassenzettel = Kassenbon ~ Belege, Belegerfassung, Buchhaltung
Schuhkarton ~ Belege, Belegerfassung
Lieferschein ~ Belege, Belegerfassung, Warenwirtschaft
Belege eintippen = verbuchen = kontieren ~ Belegerfassung, Buchhaltung
Zahlungsrückstand = säumig = Außenstände = Inkasso = Zahlungserinnerung ~ Mahnung, Zahlung
Finanzamt = Umsatzsteuer = Steuererklärung = Steuerkram ~ Steuer, Buchhaltung, Steuerkanzlei
DATEV ~ Buchhaltung, Belegerfassung, Steuerkanzlei
Lexware ~ Buchhaltung, Belegerfassung, Steuerkanzlei
lexoffice ~ Buchhaltung, Belegerfassung, Steuerkanzlei
sevDesk ~ Buchhaltung, Belegerfassung, Steuerkanzlei
Addison ~ Buchhaltung, Belegerfassung, Steuerkanzlei
SAP ~ ERP, Unternehmenssoftware, Warenwirtschaft
Navision ~ ERP, Unternehmenssoftware, Warenwirtschaft
Odoo ~ ERP, Unternehmenssoftware, Warenwirtschaft
Dynamics ~ ERP, Unternehmenssoftware, Warenwirtschaft
Salesforce ~ CRM, Kundenverwaltung
HubSpot ~ CRM, Kundenverwaltung
Kundenkartei ~ CRM, Kundenverwaltung
Kundendatei ~ CRM, Kundenverwaltung
Kundendatenbank ~ CRM, Kundenverwaltung
Handwerkersoftware = Handwerkerprogramm = Branchensoftware = Branchenlösung ~ Unternehmenssoftware, ERP
Excel = Exceltabelle = Excel-Liste = Tabellenkalkulation = Excel-Wüste ~ Tabelle, Digitalisierung, Datenqualität
Power BI = Tableau = Dashboard = Kennzahlen ~ Business Intelligence, Auswertung
doppelt eintragen = doppelt erfassen = Doppelarbeit = Doppelerfassung ~ Schnittstelle, ERP, Prozessoptimierung
Insellösung ~ Schnittstelle, ERP
Reibungsverlust ~ Prozessoptimierung, Arbeitsablauf
Arbeitserleichterung = Zeitersparnis ~ Entlastung, Automatisierung
Zeit sparen ~ Entlastung, Automatisierung
automatisch = automatisieren ~ Automatisierung

einstempeln = stempeln = Stempelkarte = Stempeluhr = Zeitkarte ~ Zeiterfassung, Arbeitszeit
Stunden aufschreiben = Stunden erfassen = Stundenaufzeichnung = Stundennachweis = Arbeitsstunden ~ Zeiterfassung, Stundenzettel, Arbeitszeit
Arbeitszeitkonto = Stundenkonto = Zeitkonto = Überstundenkonto ~ Zeiterfassung, Überstunden, Zeitkonten
Leute einteilen ~ Dienstplanung, Einsatzplanung, Personaleinsatz
Urlaubsplanung = Urlaubsantrag = Urlaubskalender ~ Dienstplanung, Personalplanung
einspringen = aushelfen = Krankheitsvertretung ~ Dienstplanung, Aushilfen
Schicht tauschen = Dienste tauschen = Diensttausch = Schichttausch = Wunschplan ~ Dienstplanung, Tauschbörse
Wechselschicht = Nachtdienst = Wochenenddienst = Frühdienst = Spätdienst ~ Schichtarbeit, Dienstplanung, Nachtschicht
Feiertagsdienst = Rufbereitschaft = Pikett ~ Bereitschaftsdienst, Dienstplanung
Baustellenplanung = Monteurplanung = Kolonnenplanung = Plantafel = Magnettafel ~ Einsatzplanung, Disposition
Anfahrt = Anfahrtsweg = Fahrweg = Fahrerei ~ Tourenplanung, Fahrzeiten, Wegezeiten
herumfahren = rumgurken = herumkurven = Leerfahrt = Umwege ~ Tourenplanung, Fahrzeiten
Stau = Navi = Google Maps ~ Tourenplanung, Routenoptimierung, Fahrzeiten
Fahrzeit = Wegezeit ~ Tourenplanung, Routenoptimierung
Fahrtenbuch ~ Fuhrpark
Dienstwagen = Firmenwagen = Firmenauto ~ Fuhrpark
Sprit = Spritkosten = Benzin = Diesel = Spritpreis ~ Fuhrpark, Dieselverbrauch, Tourenplanung
Ladesäule = Ladestation ~ Elektromobilität, Fuhrpark, E-Auto
Hausbesuch = Kundenbesuche = Patientenbesuche ~ Tourenplanung, Pflegedienst

klingeln = klingelt = Telefondienst ~ Telefonassistent, Telefon, Rückruf
verpasste Anrufe = Warteschleife ~ Telefonassistent, Anrufbeantworter, Rückruf
ans Telefon ~ Telefonassistent, Anrufbeantworter, Rückruf
Alexa ~ Sprachassistent, Telefonassistent, Spracherkennung
Siri ~ Sprachassistent, Telefonassistent, Spracherkennung
Google Assistant ~ Sprachassistent, Telefonassistent, Spracherkennung
Sprachcomputer ~ Sprachassistent, Telefonassistent, Spracherkennung
Telefonroboter ~ Sprachassistent, Telefonassistent, Spracherkennung
Termine ausmachen = Termin vereinbaren = Terminkalender = Doctolib ~ Terminbuchung, Terminvergabe
Termin vergessen = versäumter Termin = Terminausfall = No-Show ~ Terminbuchung, Erinnerung, Absagen
Tischreservierung = reservieren = Reservierung = Zimmerbuchung = Booking ~ Buchung, Terminbuchung
Kundschaft = Kunden = Kundin = Stammkunden = Laufkundschaft
Klientel = Mandanten = Klienten = Mandantschaft ~ Kundschaft
Kundenfragen = immer dieselben Fragen ~ Kundenanfragen, FAQ, Chatbot
Mailflut = E-Mail-Flut = Posteingang ~ E-Mails, Postfach, Kundenanfragen
Mails beantworten ~ E-Mails, Postfach, Kundenanfragen
Outlook ~ E-Mails, Postfach, Kalender
Gmail ~ E-Mails, Postfach, Kalender
Thunderbird ~ E-Mails, Postfach, Kalender
Reklamation = Kundenbeschwerde = reklamieren = beschweren ~ Beschwerden, Kundenservice
unzufriedene Kunden = verärgerte Kunden = Meckerkunde ~ Beschwerden, Kundenservice

Google-Bewertung = Rezension = Kundenbewertung ~ Bewertungen, Sichtbarkeit
schlechte Bewertungen ~ Bewertungen, Sichtbarkeit
Google = googeln = Suchmaschine = SEO ~ Sichtbarkeit, Website, Internetauftritt
Google-Eintrag = Google-Profil = Karteneintrag = Branchenbuch = Gelbe Seiten ~ Sichtbarkeit, Öffnungszeiten
Netzauftritt = Onlineauftritt = Webauftritt = Internetpräsenz ~ Website, Internetauftritt, Sichtbarkeit
WordPress ~ Website
Wix ~ Website
Jimdo ~ Website
Typo3 ~ Website
TikTok = Insta = posten = Follower = Influencer ~ Social Media, Marketing
Reklame = Werbeflyer = Flyer = Prospekt = Werbetrommel ~ Marketing, Werbung
Rundmail = Newsletter ~ Marketing, Werbung
Blog = Kundenzeitung ~ Marketing, Werbung
Netzverkauf = Internetladen = Versandhandel ~ Onlineshop, E-Commerce
Amazon ~ Onlineshop, E-Commerce, Plattformen
eBay ~ Onlineshop, E-Commerce, Plattformen
Etsy ~ Onlineshop, E-Commerce, Plattformen
Zalando ~ Onlineshop, E-Commerce, Plattformen
Shopify ~ Onlineshop, E-Commerce, Plattformen
Produkttexte = Produktbeschreibung = Artikeltexte = Artikelbeschreibung ~ Onlineshop, Beschreibungen, Sprachmodell

Wegwerfen = wegschmeißen ~ Lebensmittelverschwendung, Retouren, Absatzprognose
übrig bleiben ~ Lebensmittelverschwendung, Retouren, Absatzprognose
Reste ~ Lebensmittelverschwendung, Retouren, Absatzprognose
Lebensmittelabfälle = Essensreste = Foodwaste = Speisereste = verdorben ~ Lebensmittelverschwendung, Abfall
vorhersagen = voraussagen = vorhersehen = Kaffeesatz = Glaskugel ~ Prognose, Absatzprognose
Pi mal Daumen = über den Daumen ~ Prognose, Schätzung
Bauchgefühl ~ Prognose, Schätzung
Bestellmenge = nachbestellen = Nachschub = Wareneinkauf ~ Bestellung, Absatzprognose, Warenwirtschaft
ausverkauft = vergriffen ~ Absatzprognose, Bestand
Ladenhüter = Restposten = Überbestand ~ Lagerbestand, Absatzprognose, Lager
Vorratshaltung = Lagerbestand = Bevorratung = Vorratslager ~ Bestand, Lager, Warenwirtschaft
Stoßzeit = Andrang = Hochsaison = Weihnachtsgeschäft ~ Auslastung, Prognose, Saison
saure Gurkenzeit = Sauregurkenzeit = Flaute = Nebensaison ~ Auslastung, Prognose
Barcode = Strichcode = QR-Code = RFID ~ Lager, Lagerverwaltung, Handscanner

Pfusch = Murks = Schlamperei = schlampig ~ Qualitätssicherung, Nacharbeit, Ausschuss
Fehlerteile = Schlechtteile = Ausschussware ~ Qualitätssicherung, Fehlerquote, Ausschuss
nachbessern = Nachbesserung ~ Qualitätssicherung, Nacharbeit
Endkontrolle = Warenkontrolle = Wareneingangskontrolle = Endabnahme ~ Qualitätssicherung, Sichtprüfung
Kratzer = Riss = Dellen = Macken = Schönheitsfehler ~ Sichtprüfung, Oberfläche, Bilderkennung
Kamerasystem = Industriekamera = Kameraprüfung ~ Bilderkennung, Sichtprüfung
Kamera ~ Bilderkennung, Sichtprüfung
ISO 9001 ~ Qualitätsmanagement, Audit, Zertifikat
Zertifizierung ~ Zertifikat, Audit, Qualitätsmanagement
TÜV ~ Zertifikat, Prüfung
kaputt = kaputtgehen = hinüber = Maschinenschaden ~ Störung, Instandhaltung, Wartung
stillstehen = Maschinenausfall ~ Störung, Stillstand, Instandhaltung
ausfallen ~ Störung, Stillstand, Instandhaltung
spinnt = herumzicken = hakt = klemmt = muckt ~ Störung
reparieren = instand setzen = flicken ~ Instandhaltung, Störung
Ersatzteil = Verschleißteil = Verschleiß ~ Instandhaltung, Wartung
Wartungsplan = Wartungsvertrag = Inspektion = Prüfintervall ~ Wartung, Instandhaltung
Anlagenausfall = Produktionsausfall = Bandstillstand = Betriebsstörung ~ Stillstand, Störung, Instandhaltung
alte Maschine ~ Retrofit, Nachrüstung, Maschinenpark
veraltet ~ Retrofit, Nachrüstung, Maschinenpark
nachträglich einbauen = umrüsten = aufrüsten = ertüchtigen ~ Nachrüstung, Retrofit
Industrie 4.0 = Smart Factory = vernetzte Produktion ~ IoT, Sensorik, digitale Fertigung
vernetzte Maschinen ~ IoT, Sensorik, digitale Fertigung
Maschinendaten = BDE = MES = Maschinenüberwachung = Betriebsdatenerfassung ~ Sensorik, Fertigung, Produktion
digitaler Zwilling = Digital Twin ~ Simulation, Produktion
Simulation ~ digitaler Zwilling
Greifarm = Roboterarm = Maschinenmensch = Robbi = Industrieroboter ~ Roboter, Cobot
schleppen = Kistenschleppen = Plackerei ~ Ergonomie, Hebehilfen, Belastung
schwer heben ~ Ergonomie, Hebehilfen, Belastung
Pflegeroboter ~ Roboter, Entlastung
Exoskelett ~ Ergonomie, Hebehilfen, Entlastung
Hebehilfe = Lifter ~ Ergonomie, Entlastung
Staubsaugerroboter = Putzroboter = Reinigungsroboter = Saugroboter ~ Gebäudereinigung, Roboter
Melkmaschine = Melkroboter = Melkstand ~ Stall, Landwirtschaft
Kuhstall ~ Stall, Landwirtschaft
Smart Farming = Präzisionslandwirtschaft = Feldroboter = GPS-Traktor ~ Landwirtschaft, Feld
Traktor ~ Landwirtschaft, Feld

Stromrechnung = Gasrechnung = Nebenkosten = Heizkosten = Stromkosten ~ Energieverbrauch, Energiekosten, Energieeffizienz
Stromfresser = Energiefresser ~ Energieeffizienz, Energieverbrauch
Sprit sparen ~ Dieselverbrauch, Tourenplanung, Fuhrpark
Strom sparen ~ Energieeffizienz, Energieverbrauch
Energie sparen ~ Energieeffizienz, Energieverbrauch
Wärmepumpe ~ Energieeffizienz, Heizungsbau
Strompreis = Energiepreise = Energiekrise ~ Energiekosten, Energieverbrauch
Solar = Solardach = Sonnenkollektor = Balkonkraftwerk = Photovoltaikanlage ~ Photovoltaik, Eigenverbrauch
Stromzähler = Smart Meter = Zählerstand = Lastspitze ~ Energieverbrauch, Energiemanagement, Messpunkte
Energieaudit = Energieberatung = Energiecheck ~ Energieeffizienz
Müll = Müllberge = Müllkosten = Mülltonne ~ Abfall, Entsorgung, Kreislaufwirtschaft
Materialreste = Späne = Holzreste ~ Abfall, Kreislaufwirtschaft, Rohstoff
Verschnitt ~ Abfall, Kreislaufwirtschaft, Rohstoff
umweltfreundlich = ökologisch = klimaneutral = klimafreundlich ~ Nachhaltigkeit, Klimaschutz
Klimawandel = Erderwärmung = Umwelt schützen ~ Klimaschutz, Nachhaltigkeit
CO2-Fußabdruck = Klimabilanz = CO2-Bilanz = ökologischer Fußabdruck = Treibhausgasbilanz ~ Nachhaltigkeit, Klimaschutz
Nachhaltigkeitsbericht = CSRD = ESG = Nachhaltigkeitsberichterstattung ~ Nachhaltigkeit, Lieferkette
Hitzewelle = Hitzetage = Affenhitze ~ Hitzeschutz, Hitze

gehackt = Erpressung = lahmgelegt ~ Hackerangriff, IT-Sicherheit, Ransomware
Computervirus = Trojaner = Virenscanner = Malware ~ IT-Sicherheit, Schadsoftware
Passwort = Kennwort = Zugangsdaten ~ IT-Sicherheit, Zwei-Faktor-Anmeldung
Betrugsmail = Spam = Fake-Mail = Betrüger ~ Phishing, IT-Sicherheit
abstürzen = abgestürzt = Computerabsturz = Systemabsturz = Serverausfall ~ IT-Sicherheit, Datensicherung, Ausfall
Datenverlust = Festplatte kaputt ~ Datensicherung, Backup
Festplatte ~ Datensicherung, Backup
USB-Stick ~ Datensicherung, IT-Sicherheit
Firewall = Sicherheitslücke = NIS2 = Cyberversicherung ~ IT-Sicherheit
Notfallplan ~ Notfall, IT-Sicherheit
Stromausfall = Blackout ~ Notfall, Notfallplan
Funkloch = lahmes Internet ~ Mobilfunknetz, offline, ländlicher Raum
Breitband = Glasfaser = Internetanschluss ~ digitale Infrastruktur, ländlicher Raum

Handy = Smartphone = Mobiltelefon = Firmenhandy = Diensthandy
Tablet = iPad = Tablet-PC
Computer = Laptop = Notebook = PC ~ IT
WhatsApp = Telegram = Messenger = WhatsApp-Gruppe ~ Kommunikation, Datenschutz, Nachrichten
Zoom = Webex = Skype = Videotelefonie ~ Videokonferenz, Homeoffice, Onlinetreffen
Videocall = Videogespräch = Onlinetreffen = Onlinemeeting ~ Videokonferenz
daheim arbeiten = von daheim = von zuhause ~ Homeoffice, Telearbeit
zu Hause arbeiten ~ Homeoffice, Telearbeit
hybrides Arbeiten = ortsunabhängig = Workation ~ Homeoffice, mobiles Arbeiten
Datenbrille = VR-Brille = HoloLens = AR-Brille = Metaverse ~ Virtual Reality, Augmented Reality
Altmodisch = hinterherhinken = abgehängt ~ Digitalisierung, digitaler Wandel
modernisieren = zukunftsfähig = fit für die Zukunft = zukunftsfest ~ Digitalisierung, digitaler Wandel
erste Schritte ~ Einstieg, KI-Einführung, Bestandsaufnahme
rumspielen = herumprobieren = ausprobieren = austesten = Testlauf ~ Experimentierraum, Erprobung, Probelauf

ausgebrannt = am Limit = fix und fertig = ausgelaugt = kaputtgearbeitet ~ Belastung, Burnout, Erschöpfung
überfordert = Überforderung = überlastet = absaufen ~ Überlastung, Belastung
gestresst = stressig = Hektik = gehetzt = Hetze ~ Stress, Belastung
Arbeitsberg = Arbeitsdruck = Arbeitsverdichtung ~ Überlastung, Belastung, Entlastung
wächst mir über den Kopf = hinterherkommen ~ Überlastung, Selbstmanagement
runterkommen = durchatmen ~ Erholung, Selbstmanagement, Resilienz
unterbrochen = ablenken ~ Unterbrechungen, Konzentration
verzetteln = Aufschieberei = Zeitfresser = Zeiteinteilung ~ Selbstmanagement, Zeitmanagement
dickes Fell = Nervenstärke = widerstandsfähig = Widerstandskraft = krisenfest ~ Resilienz
nervlich = seelisch = mentale Gesundheit = Psyche ~ psychische Belastung, Gefährdungsbeurteilung
krankgeschrieben = Krankenschein = gelber Schein ~ Krankenstand, Krankmeldung
Krankheitsausfälle = Krankheitswelle = Ausfalltage = Grippewelle ~ Krankenstand, Dienstplanung
Langzeitkranke = Langzeiterkrankte = Rückkehr in den Job ~ Wiedereingliederung, BEM
Hamburger Modell ~ Wiedereingliederung, BEM
stufenweise Wiedereingliederung = stufenweise Rückkehr ~ Wiedereingliederung, BEM
Rückkehrgespräch ~ Wiedereingliederung, BEM
Kreuzweh = Bandscheibe = Rückenleiden ~ Ergonomie, Rückenbeschwerden, Gesundheit
Rückenschmerzen ~ Ergonomie, Rückenbeschwerden, Gesundheit
Betriebsarzt = Arbeitsmedizin ~ Gesundheit, Arbeitsschutz
Krankenkasse ~ Gesundheitsförderung, Gesundheit
Berufsgenossenschaft = BG = Unfallkasse ~ Arbeitsschutz

Behinderte = Schwerbehinderte = gehandicapt ~ Behinderung, Inklusion, Schwerbehindertenvertretung
Rollstuhl = Rollstuhlfahrer = gehbehindert ~ Barrierefreiheit, Inklusion
blind = sehbehindert = Sehbehinderung ~ Barrierefreiheit, Screenreader, Vorlesefunktion
gehörlos = taub = schwerhörig = Gebärden = Gebärdensprache ~ Barrierefreiheit, Untertitel, Gebärdensprachdolmetschen
Legasthenie = Leseschwäche = Lese-Rechtschreib-Schwäche ~ Leichte Sprache, Vorlesefunktion, Barrierefreiheit
Analphabet ~ Leichte Sprache, Vorlesefunktion
BFSG = Barrierefreiheitsstärkungsgesetz = BITV = WCAG ~ Barrierefreiheit
Frauenförderung = Frauenquote = Gleichberechtigung ~ Gleichstellung, Vielfalt
Frauen ~ Gleichstellung, Vielfalt
Männerberuf = Männerdomäne ~ Gleichstellung, MINT
Girls' Day ~ MINT, Gleichstellung, Frauen
Elternzeit = Mutterschutz = Wiedereinsteiger = Babypause ~ Work-Life-Balance, Teilzeit, Vereinbarkeit
Pflegezeit ~ Vereinbarkeit, Work-Life-Balance
alleinerziehend ~ Vereinbarkeit, Teilzeit
Jobsharing = Topsharing = Teilzeitchef ~ Teilzeit, Führung

Provinz = Pampa = Hinterland ~ ländlicher Raum
Kuhdorf = Kleinstadt = Landgemeinde = strukturschwach ~ ländlicher Raum
Dorf ~ ländlicher Raum
ländlich = ländliche Region = ländlicher Raum = ländliche Gegend
Pendler = Arbeitsweg = Busverbindung ~ ländlicher Raum, Mobilität
pendeln ~ ländlicher Raum, Mobilität
Staatsknete = staatliche Hilfe ~ Fördermittel, Förderprogramm
bezuschussen = Förderantrag = Fördertopf = Fördergelder ~ Fördermittel, Zuschuss, Antrag
KfW ~ Fördermittel, Förderprogramm
BAFA ~ Fördermittel, Förderprogramm
ZIM ~ Fördermittel, Förderprogramm
Förderbank ~ Fördermittel, Förderprogramm
Bildungsgutschein = Bildungsprämie = Aufstiegs-BAföG = Weiterbildungsgeld ~ Qualifizierungschancengesetz, Weiterbildung, Fördermittel
go-digital = Digitalbonus = Innovationsgutschein ~ Fördermittel, Digitalisierung
Verwendungsnachweis = Eigenanteil = De-minimis = Förderrichtlinie ~ Fördermittel, Antrag
Erstgespräch = Beratungsgespräch ~ Erstberatung, Beratung
Ansprechpartner = Anlaufstelle ~ Lotsenstelle, Erstberatung
Gleichgesinnte = Erfahrungsaustausch = Austauschrunde = voneinander lernen ~ Netzwerk, Austausch, Runder Tisch
Wirtschaftsförderung = Wirtschaftsförderer ~ Netzwerk, Region
Landratsamt ~ Kommune, Behörde
versanden = Eintagsfliege = verpuffen ~ Verstetigung, Transfer
dranbleiben ~ Verstetigung
schiefgegangen = schiefgelaufen = gescheitert = Reinfall = Flop ~ Misserfolg, Scheitern, Abbruch
danebengegangen = Fehlschlag = Fehlinvestition = in den Sand gesetzt = Lehrgeld ~ Misserfolg, Scheitern, Abbruch
nachmachen = abgucken = abschauen ~ Transfer, Nachahmung, übertragbar
Nutzen messen = Amortisation = rentieren ~ Wirkung, Nutzen, Wirkungsmessung
Erfolgsgeschichte = Vorzeigebetrieb = Best Practice = Praxisbeispiel ~ Transfer

Logopädie = Logopäde = Sprachtherapie ~ Therapie

Google gefunden ~ Sichtbarkeit, Website, Karteneintrag
Internet gefunden ~ Sichtbarkeit, Website, Internetauftritt
krank ~ Krankenstand, Krankmeldung
Microsoft Teams = MS Teams ~ Videokonferenz, Homeoffice
Projekt ausläuft ~ Verstetigung, Transfer
Projekt endet ~ Verstetigung, Transfer
KI-Verbot = ChatGPT-Verbot ~ KI-Leitlinie, Regeln

`
