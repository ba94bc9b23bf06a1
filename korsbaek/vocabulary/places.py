"""Roads and towns of Korsbaek and of its invented neighbour; postal codes that the Danish post does not use."""


def _words(text: str) -> list[str]:
    return text.split()


BYER = (("4995", "Korsbæk"), ("4996", "Nørre Korsbæk"), ("4997", "Åstrup Kær"))
NABOKOMMUNE = "0998"
NABOBYER = (("5998", "Strandbjerg"), ("5997", "Ølsted Vang"))
VEJE = _words(
    """
    Algade Bakkevej Birkevænget Blåbærvej Bøgeparken Dampmøllevej Degnevænget Engdraget Enghavevej Fasanvej
    Fiskergade Fjordvej Fredensgade Fælledvej Gartnervænget Grønnegade Gyvelbakken Havnegade Hegnsvej Hyldevej
    Høegh-Guldbergs-Vej Jernbanegade Kapelvej Kastanjealle Kirkestræde Klostergade Korsvejen Kærvangen Lindealle
    Lærkevej Løvsangervej Mosevej Møllebakken Mølledamsvej Nygade Nørregade Nørrevænget Parkalle Poppelvej
    Præstegade Ridefogedvej Rosenvænget Rugmarken Rådhusstræde Skolegade Skovbrynet Skrænten Smedestræde Solbakken
    Stationsvej Strandstien Søndergade Sønderjyllandsvej Tværgade Tørvevej Vestergade Violvej Voldgade Ærtevej
    Æblehaven Østergade Østre-Ringvej Åboulevarden Åkandevej Ålegårdsvej
    """
)
LANDE = (("5120", "Sverige"), ("5180", "Tyskland"), ("5110", "Norge"), ("5170", "Storbritannien"), ("5164", "Spanien"))
"""Where people emigrate to: a country code as CPR writes it, and a name (the codes are illustrative)."""
