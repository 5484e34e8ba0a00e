/** Verbs that change their vowel: the infinitive, and the forms that do not begin like it. */
export const verbList = `
backen bäckt gebacken
befehlen befiehlt befahl befohlen
beginnen begann begonnen
beißen biss gebissen
biegen bog gebogen
bieten bot geboten
binden band gebunden
bitten bat gebeten
blasen bläst blies geblasen
bleiben blieb geblieben
brechen bricht brach gebrochen
brennen brannte gebrannt
bringen brachte gebracht
denken dachte gedacht
dringen drang gedrungen
empfehlen empfiehlt empfahl empfohlen
essen isst gegessen
fahren fährt fuhr gefahren
fallen fällt fiel gefallen
fangen fängt fing gefangen
finden fand gefunden
fliegen flog geflogen
fließen floss geflossen
frieren fror gefroren
geben gibt gab gegeben
gehen ging gegangen
gelten gilt galt gegolten
gewinnen gewann gewonnen
gießen goss gegossen
gleichen glich geglichen
graben gräbt grub gegraben
greifen griff gegriffen
halten hält hielt gehalten
hängen hing gehangen
heben hob gehoben
heißen hieß geheißen
helfen hilft half geholfen
kennen kannte gekannt
klingen klang geklungen
kommen kam gekommen
laden lädt lud geladen
lassen lässt ließ gelassen
laufen läuft lief gelaufen
leiden litt gelitten
leihen lieh geliehen
lesen liest las gelesen
liegen lag gelegen
lügen log gelogen
meiden mied gemieden
messen misst maß gemessen
nehmen nimmt nahm genommen
nennen nannte genannt
raten rät riet geraten
reißen riss gerissen
rufen rief gerufen
scheiden schied geschieden
scheinen schien geschienen
schieben schob geschoben
schlafen schläft schlief geschlafen
schlagen schlägt schlug geschlagen
schließen schloss geschlossen
schneiden schnitt geschnitten
schreiben schrieb geschrieben
schweigen schwieg geschwiegen
schwimmen schwamm geschwommen
sehen sieht sah gesehen
senden sandte gesandt
singen sang gesungen
sinken sank gesunken
sitzen saß gesessen
sprechen spricht sprach gesprochen
springen sprang gesprungen
stechen sticht stach gestochen
stehen stand gestanden
stehlen stiehlt stahl gestohlen
steigen stieg gestiegen
sterben stirbt starb gestorben
stoßen stößt stieß gestoßen
streichen strich gestrichen
streiten stritt gestritten
tragen trägt trug getragen
treffen trifft traf getroffen
treiben trieb getrieben
treten tritt trat getreten
trinken trank getrunken
verderben verdirbt verdarb verdorben
vergessen vergisst vergaß
verlieren verlor verloren
verschwinden verschwand verschwunden
wachsen wächst wuchs gewachsen
waschen wäscht wusch gewaschen
weisen wies gewiesen
wenden wandte gewandt
werben wirbt warb geworben
werfen wirft warf geworfen
wiegen wog gewogen
wissen weiß wusste gewusst
ziehen zog gezogen
zwingen zwang gezwungen
`
