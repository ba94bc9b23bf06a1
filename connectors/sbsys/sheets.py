"""What comes in from SBSYS, and what is known and left out; anything else is reported as a change at the vendor."""

from connectors.minimise import Sheet

_BRUGER = {"Uuid", "LogonId", "Navn"}


def _below(name: str, fields: set[str]) -> set[str]:
    return {f"{name}.{f}" for f in fields}


SAG = Sheet(
    kept=frozenset(
        {"Id", "SagIdentity", "Nummer", "SagsTitel", "Kommentar", "Opstaaet", "Oprettet", "SenestAendret"}
        | {"SenesteStatusAendring", "ErBeskyttet", "SagsTyper.Navn"}
        | _below("SagsStatus", {"Navn", "SagsTilstand"})
        | _below("Behandler", _BRUGER)
        | _below("Ansaettelsessted", {"Uuid", "Navn"})
        | _below("PrimaryPart", {"PartId", "PartType", "CPRnummer", "CVRnummer", "Navn"})
        | _below("Personer", {"Id", "CprNummer", "Navn", "Adresse.ErBeskyttet"})
        | _below("Firmaer", {"Id", "CVRNummer", "Navn"})
    ),
    dropped=frozenset(
        {"SenestAendretAf", "OprettetAf", "Fagomraade", "BevaringId", "KommuneId", "ErSamlesag", "SagsNummerId"}
        | {"SenesteStatusAendringKommentar", "KassationsDato", "SletningsDato", "ErBesluttet", "Besluttet"}
        | {"BeslutningsTypeId", "BeslutningNotat", "BeslutningDeadline", "BeslutningHarDeadline", "SecuritySetId"}
        | {"SagSkabelon", "ArkivNote", "ArkivAfklaringStatusId", "SagsNummer", "SagsTyper.Id", "Behandler.Id"}
        | {"Ansaettelsessted.Id"}
        | _below("SagsStatus", {"Id", "Orden", "RequireComments", "SagsStatusKommentar"})
        | _below("Personer", {"Uuid", "FoedeDato", "Koen", "CivilstandId", "MorCPR", "FarCPR", "TilmeldtDigitalPost"})
        | _below("Personer.Adresse", {"Id", "Adresse1", "Adresse2", "Adresse3", "PostNummer", "PostDistrikt"})
        | _below("Personer.Adresse", {"HusNummer", "Etage", "DoerBetegnelse", "Bynavn", "LandeNavn"})
        | _below("Firmaer", {"Uuid", "Adresse", "ProduktionsenhedNummer"})
    ),
)
"""Addresses, parents and birth dates of parties stay out: CPR has them, and the case is not about them."""

DOKUMENT = Sheet(
    kept=frozenset(
        {"SagIdentity", "DokumentID", "DokumentIdentity", "DokumentNavn", "Beskrivelse", "RegistreringsDato"}
        | {"DokumentArt.Navn", "DeletedState", "Filer.Filendelse", "Filer.ErPrimaerFil"}
        | _below("Behandler", _BRUGER)
    ),
    dropped=frozenset(
        {"SagID", "DokumentRegistreringIdentity", "DokumentArt.Id", "Mail", "OmfattetAfAktindsigt", "DeletedDate"}
        | {"DeletedReason", "Behandler.Id"}
        | _below("Filer", {"Id", "Filnavn", "MimeType", "DokumentDataInfoType"})
    ),
)

NOTAT = Sheet(
    kept=frozenset(
        {"SagIdentity", "Id", "Uuid", "Overskrift", "Note", "Oprettet", "KontaktTidspunkt"} | {"OprettetAf.Navn"}
    ),
    dropped=frozenset({"SagID", "OprettetAf.Id", "OprettetAf.Uuid", "OprettetAf.LogonId"}),
)

ERINDRING = Sheet(
    kept=frozenset({"SagIdentity", "Id", "Navn", "Beskrivelse", "HarDeadline", "Deadline", "ErAfsluttet"})
    | {"Ansvarlig.Navn"},
    dropped=frozenset({"SagId", "SagID", "DeadlineStatus", "SynligFra", "ErindringType", "Opretter"})
    | _below("Ansvarlig", {"Id", "Uuid", "LogonId"}),
)
