/**
 * Words whose endings are none, or that would share a stem with a word of another meaning: Sicherheit with sich, Lager
 * with lag, Montage with Montag. One word a line, with its other forms. Edit freely, and run `transfernetz reindex`
 * afterwards.
 */
export const ownStemList = `
ändern Änderung Änderungen ändert änderte geändert
bestanden
bilden bildet bildete bildeten
Ebene Ebenen
Einigung Einigungen
Fertigung Fertigungen
Lager Lagers Lagern
lohnen lohnt
Maler Malers Malern
Montage Montagen
Seite Seiten
sicher sichere sicherem sicheren sicherer sicheres sichern
Sicherheit Sicherheits Sicherheiten
Sonder
Stätte Stätten
Träger Trägers Trägern
Vereinbarkeit
verlagern verlagert Verlagerung Verlagerungen
verständlich verständliche verständlichem verständlichen verständlicher verständliches Verständlichkeit
vertrieben
`
