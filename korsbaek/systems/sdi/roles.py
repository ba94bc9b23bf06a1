"""Role and type UUIDs of SF1470.

Those without a mark are in KOMBIT's samples or public code. Those marked "invented" are classes of Faelleskommunalt
Klassifikationssystem that no public source shows: the town has its own, and a reader that lacks them shows the UUID.
Dokument takes the Sag's, since its own are not public either.
"""

AKTOER_ROLLE = {
    "ejer": "9e979b84-b846-4472-8622-58007dc63c7e",
    "ansvarlig": "a1263342-d348-44ba-a566-233f37c4cb67",
    "primaer_behandler": "bf1f93ed-9441-4af4-835b-baeb201f3076",
    "andre_behandlere": "7bf9b2c6-8462-4c30-b27b-928b2cc59c92",  # invented
}
AKTOER_TYPE = {
    "Organisation": "bc6972cd-8f2b-4b9d-8d37-62916d6a71aa",
    "OrganisationEnhed": "c5fc3b3b-5197-49ee-92e6-ae6ba1957174",
    "OrganisationFunktion": "aa9b7bdb-7148-4b5c-8fc9-97d6f9743270",
    "Bruger": "85d65133-4b00-460d-992e-3984857b5768",
}
PART_ROLLE = {
    "primaer": "d839f26a-d4d1-4441-b2d6-3dbbb12a9404",
    "sekundaer": "6517d152-fdcb-43f5-a745-c8d5fe21ccac",  # invented
    "ydelsesmodtager": "d20a706e-ce65-4ca0-b7f4-d0752151ba4e",  # invented
}
PERSON = "c189ba35-de4b-4363-a8b7-67f1456cf56f"
VIRKSOMHED = "ce93d7d8-3b7a-43d3-ae8e-9ec7ad56b8c5"  # invented
PRIMAER_KLASSE = "a86c6581-ec85-412d-a655-31a1f1d5b14f"
HANDLINGSKLASSE = "05ef7011-11a7-4e4c-a46b-3de6aa457fc3"
KLASSE = "267235ea-526d-4a18-8001-f2a0e563eba1"
RELATION_ROLLE = {
    "oversag": "d29c49f0-931e-4d42-8db4-a8fc67c8af58",
    "andre_sager": "632662c3-8435-4b74-a91b-b54f037f7aee",  # invented
}
SAG = "7f04a5f2-5437-4bf3-9605-46a5ba882bcc"
GENSTAND_ROLLE = {
    "byggeri": "ea561a65-06dd-4903-b407-0bcae8330883",  # invented
    "ejendomsskat": "3ee55c54-59d5-402e-86d3-8030073265c9",  # invented
}
EJENDOM = "4c3949ee-d086-4637-9348-365775e2b188"
JOURNALPOST_ROLLE = {
    "tilakteret": "69a0a697-0a77-4916-bea3-226594fa6627",
    "vedlagt": "b21faed9-c4a2-49d3-aa15-35f5181d7735",
    "journalnotat": "1281739d-93ea-486c-8950-607a4263bef0",
}
DOKUMENT = "198dd40f-88fe-49a3-8716-b6230544c23b"
MASTER = "251c24fd-57b0-4afc-9d73-b063d1957eb3"
AFSENDER = "1b3c6a6d-e977-4491-9bf8-b41ee6999f39"
IT_SYSTEM = "29fe1da2-897a-46cd-b635-b9be8e0bffd6"
SIKKERHEDSPROFIL_ROLLE = "59a9602d-d3bb-47bb-88c6-1766b46ab5e7"  # invented
SIKKERHEDSPROFIL_TYPE = "fd5fadaa-9b15-4371-bf7c-bab24e66c705"  # invented
DOKUMENTPART_ROLLE = {
    "parter": "808a219f-fb0d-4a54-9519-929f7841bbb6",
    "kopiparter": "ffe7ec2b-4928-47a8-9a73-d7a9931b5621",
}
DOKUMENTPART_PERSON = "12e3cd0d-03bb-46cf-b8d8-95b3fe082478"
DOKUMENTPART_VIRKSOMHED = "d53c9233-f640-4641-8db8-15f45e2133d7"
TEKSTFORMAT = "4c6a8a1e-0b7c-4a57-9d1b-1d1f0c0f5a10"  # invented: the class of plain text
