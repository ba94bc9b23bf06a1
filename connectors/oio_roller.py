"""Role and type UUIDs of the OIO indexes as readable codes (rammearkitektur App. B); unknown ones stay UUID text."""

ROLLER = {
    "9e979b84-b846-4472-8622-58007dc63c7e": "ejer",
    "a1263342-d348-44ba-a566-233f37c4cb67": "ansvarlig",
    "bf1f93ed-9441-4af4-835b-baeb201f3076": "primaer_behandler",
    "d839f26a-d4d1-4441-b2d6-3dbbb12a9404": "primaer_part",
    "a86c6581-ec85-412d-a655-31a1f1d5b14f": "primaer_klasse",
    "05ef7011-11a7-4e4c-a46b-3de6aa457fc3": "handlingsklasse",
    "d29c49f0-931e-4d42-8db4-a8fc67c8af58": "oversag",
    "69a0a697-0a77-4916-bea3-226594fa6627": "tilakteret",
    "b21faed9-c4a2-49d3-aa15-35f5181d7735": "vedlagt",
    "1281739d-93ea-486c-8950-607a4263bef0": "journalnotat",
    "251c24fd-57b0-4afc-9d73-b063d1957eb3": "master",
    "1b3c6a6d-e977-4491-9bf8-b41ee6999f39": "afsender",
    "808a219f-fb0d-4a54-9519-929f7841bbb6": "parter",
    "ffe7ec2b-4928-47a8-9a73-d7a9931b5621": "kopiparter",
    "abdf4d3e-f113-4282-b13e-6cd32a82621c": "ejer",
    "fbe1016a-170a-4dea-8652-2813c1a566c0": "ansvarlig",
    "93af57a7-7658-4fac-98da-9e5ac7a7d9a5": "ydelsesmodtager",
    "3102fa7e-f56e-4510-b0d4-1650c590dc3b": "bevillingsmodtager",
    "6ebd938f-0bbf-4142-a65c-fefe15e9f192": "ydelse",
    "ea909030-c5fa-4544-9b22-a0010d08ebe1": "primaer_klasse",
    "31237487-787a-424f-8819-56aaedf00643": "tilknyttet",
    "4becdcec-c8bd-44a4-ac0b-5a0162986840": "adgang",
    "ccc9d91b-9a4c-4ada-9be4-795ca068e89d": "ydelseseffektuering",
    "a91824c4-da1d-47f9-bce2-5d6597879415": "ejer",
    "a1ff36be-b3fb-4e1f-aac0-9d3313070ecb": "udbetalende_enhed",
    "68d4b903-acae-4f2f-aafc-45bd999ed81f": "effektueringsmodtager",
}
"""Rolle by UUID."""

TYPER = {
    "bc6972cd-8f2b-4b9d-8d37-62916d6a71aa": "organisation",
    "c5fc3b3b-5197-49ee-92e6-ae6ba1957174": "organisationenhed",
    "aa9b7bdb-7148-4b5c-8fc9-97d6f9743270": "organisationfunktion",
    "4b3652c6-cbdf-4699-b847-54b387db5d3f": "interessefaellesskab",
    "85d65133-4b00-460d-992e-3984857b5768": "bruger",
    "f659a5d2-6ad5-4bcc-acc0-da2eb2d8ba7b": "itsystem",
    "29fe1da2-897a-46cd-b635-b9be8e0bffd6": "itsystem",
    "c189ba35-de4b-4363-a8b7-67f1456cf56f": "person",
    "12e3cd0d-03bb-46cf-b8d8-95b3fe082478": "person",
    "d53c9233-f640-4641-8db8-15f45e2133d7": "virksomhed",
    "c59f1523-1786-48c7-baff-466de1db3320": "person",
    "480769fd-9744-4859-950f-95cbb5633d36": "person",
    "45b7dafb-d90e-41da-b30e-ba007e577a8a": "organisation",
    "4546cca2-838e-4e0d-a5bd-83757d603362": "organisationenhed",
    "c622654c-d87f-4ac7-9a42-d0580253b979": "organisation",
    "267235ea-526d-4a18-8001-f2a0e563eba1": "klasse",
    "7c51b9a8-d388-4e83-8c8b-ee3a90458d0b": "klasse",
    "7f04a5f2-5437-4bf3-9605-46a5ba882bcc": "sag",
    "f08a4a13-2567-41d0-bf8d-3af754b03464": "sag",
    "198dd40f-88fe-49a3-8716-b6230544c23b": "dokument",
    "4c3949ee-d086-4637-9348-365775e2b188": "ejendom",
}
"""Type by UUID. For parts the kind of number in ReferenceID decides before this table does."""

ENE = frozenset({
    "ejer", "ansvarlig", "primaer_behandler", "udlaant_til", "bopaelskommune", "primaer_part", "ydelsesmodtager",
    "primaer_klasse", "handlingsklasse", "oversag", "praecedens", "master", "afsender",
})  # fmt: skip
"""Roles that hold at most one at a time (rammearkitektur 4.3); two at once are kept and flagged."""
