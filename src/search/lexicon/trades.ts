/**
 * What kinds of business are called. Who asks for a trade and a concern is helped more by the same concern in another
 * trade than by another concern in the same: such words weigh less beside others. Edit freely; searching takes it up
 * at the next start.
 */
export const tradeList = `
Agrarbetrieb Agrargenossenschaft Altenheim Altenpflege Altersheim Anwaltskanzlei Apotheke Architekturbüro Arztpraxis Augenoptiker Autohaus Autowerkstatt
Backstube Bank Bauernhof Baufirma Baugewerbe Bauhof Bauunternehmen Bestatter Betrieb Bibliothek Blumenladen Boutique Brauerei Buchhandel Buchhandlung Buchladen
Café Callcenter Chemieindustrie Dachdecker Dachdeckerei Dentallabor Dienstleister Druckerei Druckhaus Einzelhandel Einzelhändler Elektriker Elektrobetrieb Elektroinstallation
Energieversorger Ergotherapie Fahrradladen Fahrschule Familienbetrieb Fensterbau Firma Fitnessstudio Fleischer Fleischerei Florist Forstbetrieb Fotograf Friseur Friseursalon
Gärtner Gärtnerei Gartenbau Gasthaus Gasthof Gastgewerbe Gastronomie Gaststätte Gebäudereinigung Gerüstbau Getränkehandel Gießerei Glaserei Großhandel Großhändler
Handel Handwerk Handwerker Handwerksbetrieb Hausarzt Hausverwaltung Hebamme Heizungsbau Heizungsbauer Herberge Hochbau Holzbau Hort Hotel
Imbiss Immobilienmakler Industrie Industriebetrieb Ingenieurbüro Inklusionsbetrieb Installateur IT-Dienstleister IT-Unternehmen
Juwelier Kanzlei Kfz-Betrieb Kfz-Werkstatt Kindergarten Kita Klempner Klinik Kleinbetrieb Konditorei Kosmetikstudio Krankenhaus Kunststoffverarbeitung
Lackiererei Landwirt Landwirtschaft Logopädie Makler Maler Malerbetrieb Manufaktur Maschinenbau Maschinenbauer Maurer Metallbau Metallbauer Metzger Metzgerei Modehaus Molkerei Museum Musikschule Möbelhaus
Optiker Orthopädietechnik Pension Pflegedienst Pflegeheim Pharmaindustrie Physiotherapie Planungsbüro Praxis Privatschule Produktionsbetrieb Putzfirma
Raumausstatter Rechtsanwalt Reinigung Reinigungsfirma Reisebüro Restaurant Sanitärbetrieb Schlachterei Schlosser Schlosserei Schmiede Schneiderei Schreiner Schreinerei Seniorenheim Softwarehaus Sozialstation Spedition Sportverein Stadtwerk Stadtwerke
Steinmetz Steuerberater Steuerbüro Steuerkanzlei Supermarkt Tagespflege Taxibetrieb Textilindustrie Theater Tiefbau Tierarzt Tierarztpraxis Tischler Tischlerei Transportunternehmen
Übersetzungsbüro Unternehmen Verkehrsbetrieb Verlag Versicherungsmakler Wäscherei Weingut Weiterbildungsträger Werbeagentur Winzer Wirtshaus Wohlfahrtsverband Wohnheim Wohnungsgenossenschaft Wohnungswirtschaft Wohnungsunternehmen
Zahnarzt Zahnarztpraxis Zeitarbeitsfirma Zimmerei Zoohandlung Zulieferer
Ackerbau Änderungsschneiderei Allgemeinarzt Alltagsbegleiter Anlagenführer Anlagenmechaniker Anstreicher Architekt Arzt Ärztehaus Arzthelferin
Autohändler Autolackiererei Automechaniker Automobilzulieferer Autovermietung Bademeister Baggerfahrer Barbier Bauingenieur Bauleiter Baumarkt
Baumschule Bauzeichner Beamte Behindertenwerkstatt Behörde Berufskraftfahrer Berufsschule Bestattungsinstitut Betonbauer Betreuungskraft Bierbrauer
Biohof Bioladen Blumengeschäft Bodenleger Bootsbauer Brauer Brauhaus Brennerei Briefträger Brillengeschäft Buchbinder Bücherei Büchsenmacher
Bürokauffrau Bürokraft Busfahrer Busunternehmen Campingplatz Catering Caterer Chemiker Consultant Copyshop Dachdeckerbetrieb Dentalhygienikerin
Designbüro Diskothek Disponent Dorfladen Dozent Drogerie Eisdiele Elektromeister Ergotherapeut Estrichleger Eventagentur Fachübersetzer Fahrlehrer
Fahrradwerkstatt Feinmechaniker Feinwerkmechaniker Fensterputzer Ferienwohnung Fernfahrer Feuerwehr Fischerei Fischzucht Flaschner Fliesenleger
Flughafen Förster Forstwirt Fotostudio Freibad Friedhofsgärtnerei Fuhrunternehmen Galerie Gastronom Gastwirt Geigenbauer Gemeindeverwaltung Gemüsebau
Geometer Goldschmied Grafikdesigner Großküche Hausmeister Hausmeisterservice Hauswirtschafterin Heilerziehungspfleger Heilpraktiker Heizungsmonteur
Hörakustiker Hofladen Hospiz Hotelier Imker Imkerei Immobilienverwaltung Industriemechaniker Informatiker Ingenieur Journalist Jugendherberge Jurist
Kältetechniker Käserei Kaminkehrer Kantine Karosseriebauer Kellner Kfz-Mechatroniker Kinderarzt Kindergärtnerin Kino Kiosk Kläranlage Klavierbauer
Kneipe Koch Kommune Konditor Konstrukteur Kosmetikerin Kraftfahrer Krankengymnast Krankenpfleger Krankenschwester Kunstschmied Kurierdienst
Küchenstudio Laborant Lagerist Landmaschinenmechaniker Landschaftsgärtner Landtechnik Lektor Logopäde Lohnunternehmer Lokführer Lkw-Fahrer
Maschinenführer Masseur Maurerbetrieb Mechaniker Mechatroniker Mediengestalter Milchbauer Milchviehbetrieb Modellbauer Monteur Mosterei Mühle
Müllabfuhr Müllwerker Nagelstudio Notar Notariat Obstbau Obsthof Ofenbauer Orthopädieschuhmacher Osteopath Paketbote Paketdienst Parkettleger
Partyservice Personaldienstleister Pferdehof Pflegefachkraft Pflegefachfrau Pflegehelfer Physiotherapeut Pizzeria Podologe Polier Polsterei Postbote
Programmierer Psychologe Psychotherapeut Putzfrau Rathaus Raumpflegerin Rehaklinik Reinigungskraft Reiterhof Rettungsdienst Rezeptionist Sachbearbeiter
Sägewerk Sanitäter Sanitätshaus Sattler Sattlerei Schäferei Schauspieler Schausteller Schornsteinfeger Schuhmacher Schuster Schweinemast Schweißer
Sekretärin Sicherheitsdienst Skischule Solarteur Sozialarbeiter Sozialpädagoge Sparkasse Spediteur Spengler Spielhalle Stadtverwaltung Steinbildhauer
Steuerfachangestellte Straßenbau Stuckateur Systemhaus Tagesmutter Tankstelle Tanzschule Tapezierer Taxifahrer Textilreinigung Tierheim Tierklinik
Tierpfleger Töpferei Tonstudio Trockenbau Trockenbauer Uhrmacher Umzugsfirma Unternehmensberatung Vermessungsbüro Veterinär Viehzucht Volkshochschule
Wachdienst Wasserwerk Webdesigner Weinbau Weinhandlung Werbetechnik Werft Werkzeugbau Werkzeugmacher Windpark Wirt Wirtschaftsprüfer Wochenmarkt
Zahnarzthelferin Zahntechniker Zeitungsverlag Zerspaner Zimmermann Zweiradmechaniker
`

/** How names of businesses end that stand in no list: Imkerei, Orgelbau, Zoofachgeschäft. */
export const tradeEndings = `
erei anstalt bau betrieb büro fabrik firma genossenschaft geschäft handel handlung heim hof industrie
kanzlei laden manufaktur praxis salon schule studio verband verein verlag verleih werk werkstatt zentrum
`

/** How names of people end by what they do: Bierbrauer, Bühnenbildnerin, Praktikant. Other words end so, too. */
export const peopleEndings = `
er erin erinnen ant antin antinnen fachfrau fachkraft fachleute fachmann ist istin istinnen ling personal wirt
`
