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
