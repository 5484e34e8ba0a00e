/**
 * Words of the field that mean the same, one group a line. `=` joins words of one meaning, also abbreviations; what
 * stands behind `~` is near to it and counts less: who looks for one of the first finds them too, but not the other
 * way round. Several words are looked for together. Edit freely; searching takes it up at the next start.
 */
export const synonymList = `
KI = Künstliche Intelligenz = AI = Artificial Intelligence ~ lernendes System, maschinelles Lernen
maschinelles Lernen = Machine Learning
LLM = Sprachmodell = Large Language Model ~ generative KI, ChatGPT
ChatGPT = GPT = Copilot ~ Sprachmodell, generative KI
generative KI = GenAI ~ Sprachmodell
RAG = Retrieval Augmented Generation
Prompting = Prompt ~ gute Eingaben
KMU = kleine und mittlere Unternehmen = Mittelstand ~ Kleinbetrieb, Kleinunternehmen
Betrieb = Unternehmen = Firma
Kleinbetrieb = Kleinunternehmen = Kleinstunternehmen = Kleinstbetrieb
DSGVO = Datenschutz-Grundverordnung = GDPR = DS-GVO ~ Datenschutz
DSFA = Datenschutz-Folgenabschätzung = DPIA
AVV = Auftragsverarbeitung = Auftragsverarbeitungsvertrag
DSB = Datenschutzbeauftragte
BR = Betriebsrat = Betriebsräte ~ Interessenvertretung, Personalrat, Personalvertretung
Personalrat = Personalvertretung ~ Betriebsrat
Interessenvertretung ~ Betriebsrat, Personalrat, Mitarbeitervertretung
MAV = Mitarbeitervertretung = Mitarbeitendenvertretung = Beschäftigtenvertretung ~ Betriebsrat, Interessenvertretung
JAV = Jugend- und Auszubildendenvertretung
SBV = Schwerbehindertenvertretung
BV = Betriebsvereinbarung
GBV = Gesamtbetriebsvereinbarung
BetrVG = Betriebsverfassungsgesetz
Mitbestimmung ~ Betriebsrat, Beteiligung
Beteiligung = Partizipation = Mitsprache
KI-VO = KI-Verordnung = AI Act = KI-Gesetz
ERP = Enterprise Resource Planning = Warenwirtschaftssystem ~ Unternehmenssoftware, Warenwirtschaft
WaWi = Warenwirtschaft = Warenwirtschaftssystem
CRM = Kundenverwaltung = Kundenbeziehungsmanagement
DMS = Dokumentenmanagementsystem = Dokumentenmanagement ~ Ablage
OCR = Texterkennung = Zeichenerkennung
IoT = Internet der Dinge ~ Sensorik
BIM = Building Information Modeling = Bauwerksdatenmodell
PV = Photovoltaik = Fotovoltaik = Solarstrom = Solaranlage = Solarenergie = Sonnenstrom = Sonnenenergie
EDV = IT = Informationstechnik
IT-Sicherheit = Cybersicherheit = Cybersecurity = Informationssicherheit = Datensicherheit
Hackerangriff = Cyberangriff = Cyberattacke = Hackerattacke = Schadsoftware = Ransomware = Erpressungssoftware = Hacker ~ Angriff, Phishing
Phishing ~ gefälschte Mail
Backup = Datensicherung = Sicherungskopie
2FA = Zwei-Faktor-Anmeldung = Zwei-Faktor-Authentifizierung = MFA
GBU = Gefährdungsbeurteilung ~ psychische Belastung
BEM = Betriebliches Eingliederungsmanagement ~ Wiedereingliederung
BGM = Betriebliches Gesundheitsmanagement = Gesundheitsförderung ~ Gesundheit, Krankenstand, Wiedereingliederung
Burnout = Burn-out = Erschöpfung
Stress ~ Belastung, Überlastung
PE = Personalentwicklung
HR = Personalwesen = Personalabteilung
Homeoffice = Telearbeit = mobiles Arbeiten = Heimarbeit = Fernarbeit = Remote Work
E-Learning = Onlinelernen = digitales Lernen = Onlinekurs ~ Lernplattform
LMS = Lernplattform = Lernmanagementsystem
Weiterbildung = Fortbildung = Qualifizierung ~ Schulung
Schulung = Training = Kurs = Unterweisung
Azubi = Auszubildende = Lehrling = Lehrlinge ~ Ausbildung
Berufsausbildung = Lehre = Ausbildung
Onboarding = Einarbeitung
Recruiting = Personalgewinnung = Personalsuche = Mitarbeitergewinnung = Rekrutierung ~ Stellenanzeige, Bewerbung
Mitarbeiterbindung = Personalbindung ~ Kündigung
Fachkräftemangel = Personalmangel = Fachkräfteengpass ~ Fachkräfte
Mitarbeiter = Mitarbeitende = Beschäftigte = Angestellte = Belegschaft = Personal
Chef = Vorgesetzte = Inhaber = Führungskraft ~ Geschäftsführung, Leitung
Führung = Leadership = Personalführung
Führungskräfte = Leitungskräfte = Vorgesetzte
Nachfolge = Unternehmensnachfolge = Betriebsnachfolge = Betriebsübergabe = Hofübergabe = Generationswechsel
Rente = Ruhestand = Pension = Altersabgang
Wissensmanagement = Wissenstransfer = Wissenssicherung = Wissensbewahrung = Wissensweitergabe ~ Erfahrungswissen
Dienstplan = Dienstplanung = Schichtplan = Schichtplanung = Einsatzplan = Einsatzplanung = Personaleinsatz = Personaleinsatzplanung = Personalplanung ~ Schichtarbeit
Dienste planen = Dienstplan
Tourenplanung = Routenplanung = Routenoptimierung = Tourenoptimierung = Fahrtenplanung ~ Touren, Routen, Disposition
Disposition = Dispo
Fuhrpark = Flotte = Fahrzeugflotte
Lkw = Lastwagen = Lastkraftwagen = LKWs = Truck
Pkw = Auto = Fahrzeug = Kraftfahrzeug = Kfz
E-Auto = Elektroauto = Elektrofahrzeug ~ Elektromobilität
Kfz-Werkstatt = Autowerkstatt = Autohaus = Autoreparatur
Angebot = Kostenvoranschlag = Offerte
Kostenvoranschlag = KVA
Rechnung = Faktura ~ Beleg
Belegerfassung = Rechnungserfassung = Belegverarbeitung = Rechnungseingang ~ Belege, Eingangsrechnungen
E-Rechnung = elektronische Rechnung = XRechnung = ZUGFeRD
Buchhaltung = Buchführung = Rechnungswesen
Absatzprognose = Nachfrageprognose = Bedarfsprognose = Nachfragevorhersage = Verkaufsprognose = Absatzvorhersage ~ Prognose
Prognose = Vorhersage = Vorausschau = Forecast
wegwerfen = Lebensmittelverschwendung = Retouren = Überproduktion
Predictive Maintenance = vorausschauende Wartung = vorausschauende Instandhaltung ~ Wartung, Instandhaltung
Wartung = Instandhaltung
Störung = Ausfall = Defekt ~ Stillstand
Stillstand = Maschinenstillstand ~ Ausfall
Retrofit = Nachrüstung = nachrüsten = Modernisierung
Qualitätssicherung = QS = Qualitätskontrolle = Qualitätsprüfung ~ Sichtprüfung, Ausschuss
Bilderkennung = Bildverarbeitung = Computer Vision = optische Prüfung
Chatbot = Bot = Dialogsystem ~ Assistent
FAQ = häufige Fragen
Kundenservice = Kundendienst = Kundenbetreuung = Support = Kundenanfragen
Telefonassistent = Sprachassistent = Voicebot = Telefonbot
Telefon = Anruf = Telefonat ~ Rückruf
Anrufbeantworter = Mailbox
Terminbuchung = Terminvergabe = Terminvereinbarung = Terminplanung
Spracherkennung = Spracheingabe = Speech-to-Text = Diktat = Diktierfunktion
Pflegedokumentation = Pflegedoku ~ Dokumentation
Protokoll = Mitschrift = Besprechungsnotiz
Übersetzung = Übersetzen ~ Dolmetschen
Dolmetschen = dolmetscht
Übersetzerin = Dolmetscherin
DaZ = Deutsch als Zweitsprache ~ Sprachförderung
Deutschkenntnisse = Sprachkenntnisse = Deutschkurs ~ Sprachförderung, Mehrsprachigkeit
Zuwanderung = Migration = Einwanderung = Geflüchtete ~ Zugewanderte
Diversität = Diversity = Vielfalt
Inklusion = Teilhabe ~ Behinderung, Barrierefreiheit
Barrierefreiheit = barrierefrei = Accessibility
Social Media = soziale Medien = soziale Netzwerke = Instagram = Facebook
Onlineshop = Webshop = E-Commerce = Internethandel = Onlinehandel
Marketing = Werbung = Öffentlichkeitsarbeit ~ Social Media, Sichtbarkeit
Website = Webseite = Homepage = Internetauftritt = Internetseite
Energieeffizienz = Energieeinsparung = Stromsparen ~ Energieverbrauch
Nachhaltigkeit = Klimaschutz = Umweltschutz
CO2 = Kohlendioxid = Treibhausgas ~ Klimaschutz
Kreislaufwirtschaft = Recycling = Wiederverwertung ~ Abfall, Entsorgung
Lager = Lagerverwaltung = Lagerhaltung = Logistiklager
Logistik = Transport = Spedition
Cobot = kollaborativer Roboter = Leichtbauroboter ~ Roboter
Drohne = UAV = Multikopter
Zeiterfassung = Arbeitszeiterfassung = Stechuhr = Stundenzettel
Prozess = Ablauf = Arbeitsablauf = Workflow
Prozessoptimierung = Prozessverbesserung = Prozessaufnahme
agiles Arbeiten = agil = Agilität = Scrum = Kanban
Leitlinie = Richtlinie = Policy = Regeln = Regelwerk
KI-Leitlinie = KI-Richtlinie = KI-Regeln
Urheberrecht = Copyright ~ Nutzungsrechte
Überwachung = Leistungskontrolle = Verhaltenskontrolle = Mitarbeiterüberwachung
Server = Rechenzentrum
On-Premises = On-Premise = lokal ~ eigener Server
Open Source = quelloffen = freie Software
Fördermittel = Förderung = Zuschuss = Zuschüsse = Subvention = Förderprogramm
Papierkrieg = Bürokratie = Papierkram ~ Anträge, Antrag
Solo-Selbstständige = Freiberufler = Selbstständige = Freelancer = Einzelunternehmer = Freie
Honorar = Stundensatz = Preisgestaltung
Work-Life-Balance = Vereinbarkeit von Familie und Beruf ~ Teilzeit
Altenheim = Altersheim = Seniorenheim = Pflegeheim = Altenpflegeheim = Seniorenzentrum = Seniorenresidenz ~ Altenpflege
Pflegedienst = Sozialstation = ambulante Pflege
Altenpflege = Seniorenpflege ~ Pflege
Pflegekräfte = Pflegende = Pflegepersonal = Pflegefachkräfte
Krankenhaus = Klinik = Klinikum = Spital
Arztpraxis = Hausarzt = Hausarztpraxis
MFA = Medizinische Fachangestellte = Arzthelferin = Sprechstundenhilfe
Kita = Kindergarten = Kindertagesstätte = Krippe = Kinderkrippe
Erzieherin = Kindergärtnerin
Tischlerei = Schreinerei = Tischler = Schreiner
Metzgerei = Fleischerei = Schlachterei = Metzger = Fleischer
Bäckerei = Bäcker = Backstube = Backwaren
Konditorei = Konditor
Friseur = Friseursalon = Coiffeur = Frisör = Haarsalon
Gaststätte = Restaurant = Gasthaus = Wirtshaus = Gasthof = Gastwirtschaft ~ Gastronomie, Gastgewerbe
Gastronomie = Gastgewerbe ~ Gaststätte, Hotel
Hotel = Pension = Herberge ~ Gastgewerbe
Gärtnerei = Gartenbau = Gartenbaubetrieb
Landwirtschaft = Agrar = Bauernhof = Agrarbetrieb ~ Agrargenossenschaft
Maler = Lackierer = Malerbetrieb
SHK = Sanitär Heizung Klima = Installateur = Klempner = Heizungsbauer = Heizungsbau
Elektriker = Elektrobetrieb = Elektroinstallateur = Elektroniker = Elektroinstallation
Dachdecker = Dachdeckerei
Spedition = Fuhrunternehmen = Transportunternehmen
Buchhandlung = Buchladen = Buchhandel
Werbeagentur = Kreativagentur = Marketingagentur
Steuerkanzlei = Steuerberater = Steuerbüro = Steuerberatung
Rechtsanwalt = Anwalt = Anwaltskanzlei
Ingenieurbüro = Planungsbüro
Softwarehaus = IT-Unternehmen = Softwareentwickler
Gebäudereinigung = Reinigungsfirma = Reinigungsunternehmen = Putzfirma
Reinigungskräfte = Putzkräfte
Wohnungsgenossenschaft = Wohnungsbaugenossenschaft = Wohnungsunternehmen = Wohnungswirtschaft
Hausmeister = Hauswart
Stadtwerk = Stadtwerke = Energieversorger
Versicherungsmakler = Versicherungsbüro = Versicherungsvermittler
Druckerei = Druckhaus = Offsetdruck
WfbM = Werkstatt für Menschen mit Behinderung ~ Inklusionsbetrieb
IHK = Industrie- und Handelskammer ~ Kammer
HWK = Handwerkskammer ~ Kammer
BA = Agentur für Arbeit = Arbeitsagentur = Arbeitsamt
DGB = Gewerkschaftsbund ~ Gewerkschaft
QCG = Qualifizierungschancengesetz
TQ = Teilqualifikation
BMAS = Bundesministerium für Arbeit und Soziales = Arbeitsministerium
KIWW = KI-Wissens- und Weiterbildungszentrum
ZZ = Zukunftszentrum = Zukunftszentren
MDZ = Mittelstand-Digital-Zentrum
Runder Tisch = Rundtisch = Gesprächsrunde
Qualifizierungsbaustein = Lernbaustein = Modul
Experimentierraum = Lernlabor = Reallabor
Tarifvertrag = Tarif ~ Tarifbindung
Arbeitsschutz = Arbeitssicherheit ~ Unterweisung
Foto = Photo = Bild
Rückmeldung = Feedback
Krankenstand = Krankmeldung = Fehlzeiten = Krankheitstage = Krankentage
Altersvorsorge = Altersabsicherung = Rentenvorsorge
Nachwuchsgewinnung = Azubigewinnung = Azubimarketing = Ausbildungsmarketing ~ Auszubildende, Lehrstelle
Fluktuation = Personalwechsel ~ Kündigung
Überstunden = Mehrarbeit
Kurzarbeitergeld = KUG ~ Kurzarbeit
Digitalisierung = digitale Transformation = digitaler Wandel
3D-Druck = additive Fertigung
VR = Virtual Reality = virtuelle Realität
AR = Augmented Reality = erweiterte Realität
BI = Business Intelligence ~ Auswertung
QM = Qualitätsmanagement
KVP = kontinuierlicher Verbesserungsprozess
Leichte Sprache = einfache Sprache
Lieferkette = Supply Chain
Diskriminierung = Benachteiligung
Hotline = Servicetelefon
`
