/**
 * Words that say nothing about what somebody looks for: grammar, and what questions are asked with. A query of
 * nothing else is looked for all the same.
 */
export const stopWordList = `
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anders auch auf aus
außer bei beim beide beiden bereits bevor bin bis bisher bist bitte da dabei dadurch dafür dagegen daher dahin damit danach daneben
dann daran darauf daraus darf darfst darin darum darüber das dass dasselbe davon davor dazu dein deine dem den denen denn dennoch der
deren des deshalb dessen die dies diese dieselbe diesem diesen dieser dieses doch dort du durch dürfen eben eher eigentlich ein eine
einem einen einer eines einige einigen einiger einiges einmal er es etwa etwas euch euer für gegen gab gar geben gehen gehört geht genau gern
gerne gibt hab habe haben habt hat hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
ins irgendwie ist ja je jede jedem jeden jeder jedes jedoch jemand jene jetzt kann kannst kein keine keinem keinen keiner können könnt
könnte könnten lassen lässt ließ machen macht mal man manche manchmal mehr mein meine meinem meinen meiner mich mir mit möchte möchten mögen
muss müssen müsste nach nachdem neben nicht nichts nie niemand noch nun nur ob oder ohne oft schon sehr sein seine seinem seinen seiner seit
selbst sich sie sind so sobald sogar solche sollen sollte sollten soll sondern sonst sowie statt stets
tun tut über um und uns unser unsere unserem unseren unserer unter viel viele vielen vom von vor wann war waren warum was weg wegen
weil weiter weitere welche welchem welchen welcher welches wenig wenige wenn wer werde werden weshalb wessen wie wieder wieso wieviel will
wir wird wo wobei wodurch wofür woher wohin wollen wollte womit woran worauf worin worüber wozu wurde wurden würde würden zu zum zur
zwar zwischen mithilfe hilft helfen umgehen umgeht finde finden findet bekommt bekommen bekomme hätte gelingt gelingen geeignet gute guten guter beste besten
beispiel beispiele fallbeispiel fallbeispiele erfahrung erfahrungen suche sucht brauche brauchen braucht
besser bessere besseren besserer bringen bringt einfach einfacher kommen kommt leichter lohnt lohnen mögliche möglich passiert richtig schaffen
schafft schneller sollst stehen steht trotzdem vielleicht völlig wirklich ziemlich tatsächlich
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend
andauernd dauernd ständig geworden gewesen worden lange länger längst überhaupt unterwegs weniger
`
