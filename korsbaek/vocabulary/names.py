"""Names of people, companies and offices; common Danish ones, put together at random, so that nobody is meant."""


def _words(text: str) -> list[str]:
    return text.split()


KVINDER = _words(
    """
    Aase Agnes Alberte Anna Anne Asta Astrid Bente Birgit Birthe Bodil Camilla Caroline Cecilie Dagmar Dorthe Ebba
    Elin Ellen Else Emma Esther Freja Frida Gerda Gitte Grethe Gudrun Hanne Helene Helle Ida Inga Ingrid Inger Jette
    Johanne Josefine Jytte Karen Karla Kirsten Kirstine Laura Lene Lis Lise Liva Lone Lærke Maja Malene Maren
    Margrethe Maria Marie Mette Mie Nanna Nina Olga Pernille Pia Ragnhild Rigmor Ruth Sanne Signe Sofie Solveig
    Susanne Thea Tove Ulla Vibeke Vigga Ylva Åse Ærø-Marie
    """
)
MAEND = _words(
    """
    Aage Aksel Alfred Anders Anker Anton Arne Arthur Asger Bent Bjarne Bjørn Bo Børge Carl Christian Daniel Ebbe
    Egon Ejnar Emil Erik Finn Flemming Frederik Frode Georg Gunnar Hans Harald Helge Henning Henrik Holger Ib Ivan
    Ivar Jakob Jan Jens Jesper Johannes Jørgen Karl Kaj Kim Kjeld Knud Kristian Lars Lauritz Leif Leo Magnus Mads
    Malthe Martin Mikkel Mogens Morten Niels Nikolaj Noah Ole Oluf Oskar Otto Palle Peder Per Poul Preben Rasmus
    Sigurd Simon Steen Svend Søren Thorkild Tobias Torben Uffe Vagn Valdemar Verner Viggo Villads Øjvind Åge
    """
)
EFTERNAVNE = _words(
    """
    Aagaard Abildgaard Agerskov Andersen Bach Bagger Bak Balle Bang Bech Bertelsen Bjerre Bjerregaard Boisen Bonde
    Brandt Bruun Brøgger Buhl Bødker Børgesen Carlsen Christensen Clausen Dahl Dalgaard Damgaard Danielsen Ebbesen
    Enevoldsen Engberg Eriksen Fabricius Falk Fisker Frandsen Friis Fræhr Frøslev Gade Gammelgaard Gregersen Grøn
    Haagensen Hald Hansen Hartvig Hedegaard Henriksen Hjorth Holm Højgaard Højlund Iversen Jacobsen Jakobsen Jensen
    Jepsen Jespersen Johansen Juul Jørgensen Kaae Kjeldsen Kjær Klausen Knudsen Kofoed Kragh Krogh Kvist Kærgaard
    Larsen Lauridsen Lind Lindholm Lorentzen Lund Lundgaard Lykke Løvstrøm Madsen Markussen Mathiesen Mikkelsen
    Mortensen Munk Mygind Møller Nedergaard Nielsen Nygaard Nørgaard Nørskov Olesen Overgaard Paaske Pedersen
    Petersen Poulsen Quist Rask Rasmussen Ravn Riis Rosenkilde Rønne Skaarup Skov Skovgaard Smedegaard Sommer Storm
    Svendsen Søndergaard Sørensen Thomsen Thygesen Toft Toftegaard Uldall Vang Vestergaard Villadsen Vinther Voss
    Winther Wulff Zacho Ørsted Østergaard Aaberg Åkjær Ågesen
    """
)
STILLINGER = _words(
    """
    Pædagog Sygeplejerske Tømrer Elektriker Lærer Chauffør Kontorassistent Landmand Butiksassistent Maskinmester
    Køkkenassistent Bogholder Ingeniør Smed Frisør Gartner Tandlæge Slagter Rengøringsassistent Murer Programmør
    """
)
VIRKSOMHEDER = [
    "Korsbæk Tømrerforretning ApS",
    "Nørgaards Autoværksted",
    "Ågårdens Gartneri I/S",
    "Korsbæk Banks Ejendomsselskab A/S",
    "Damernes Magasin ApS",
    "Postgårdens Hotel og Restaurant ApS",
    "Brdr. Møller Entreprise A/S",
    "Havnens Fiskehus",
    "Sønderhøj Plejebolig A/S",
    "Åstrup Maskinstation I/S",
    "Tandlægerne på Torvet",
    "Korsbæk El-Service ApS",
    "Det Grønne Køkken ApS",
    "Østergaard Byg A/S",
    "Fjordens Vinduespolering",
    "Bødkergårdens Opholdssted",
    "Kær Mølle Bageri ApS",
    "Nordre Havn Logistik A/S",
    "Rengøringskompagniet Korsbæk",
    "Lindegårdens Friplejehjem",
]
ENHEDER = (
    ("BOS", "Børn og Familie"),
    ("SOC", "Voksen og Handicap"),
    ("SUN", "Sundhed og Ældre"),
    ("VIS", "Visitationen"),
    ("JOB", "Jobcenter Korsbæk"),
    ("YDE", "Ydelse og Kontrol"),
    ("BYG", "Plan og Byg"),
    ("SKO", "Skole og Dagtilbud"),
    ("BSV", "Borgerservice"),
)
