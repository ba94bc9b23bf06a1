"""The town file's tables: a body a record (JSON of the dataclass) beside the columns that servers search on."""

from datetime import UTC, datetime

TABLES = """
create table meta (name text primary key, value text not null) without rowid;
create table person (nr integer primary key, cpr text not null unique, body text not null);
create table former (cpr text primary key, nr integer not null) without rowid;
create table sag (
    uuid text primary key, nr integer not null, sts text not null, tidspunkt text not null, sagsnummer text not null,
    titel text not null, ejer text, kle text not null, foelsomhed text not null, status text not null,
    oprettet text not null, master text not null, indeks integer not null, sbsys integer, nexus integer,
    body text not null
);
create index sag_sts on sag (sts, uuid) where indeks = 1;
create unique index sag_sbsys on sag (sbsys) where sbsys is not null;
create index sag_nr on sag (nr);
create index sag_sagsnummer on sag (sagsnummer);
create table sagspart (sag text not null, rolle text not null, art text not null, nummer text not null,
    navn text not null, gaeldende integer not null);
create index sagspart_nummer on sagspart (nummer, art, sag);
create index sagspart_sag on sagspart (sag);
create table dokument (
    uuid text primary key, id integer not null, sag text not null, sts text not null, tidspunkt text not null,
    nummer text not null, titel text not null, foelsomhed text not null, type text not null, status text not null,
    indeks integer not null, sbsys integer not null, body text not null
);
create index dokument_sts on dokument (sts, uuid) where indeks = 1;
create index dokument_sag on dokument (sag, id);
create unique index dokument_id on dokument (id);
create table bevilling (uuid text primary key, nr integer not null, sts text not null, noegle text not null,
    foelsomhed text not null, sag text, body text not null);
create index bevilling_sts on bevilling (sts, uuid);
create table bevillingspart (bevilling text not null, rolle text not null, art text not null, nummer text not null);
create index bevillingspart_nummer on bevillingspart (nummer, art, bevilling);
create index bevillingspart_bevilling on bevillingspart (bevilling);
create table effektuering (uuid text primary key, nr integer not null, sts text not null, noegle text not null,
    bevilling text not null, art text not null, nummer text not null, dispositionsdato text not null,
    body text not null);
create index effektuering_sts on effektuering (sts, uuid);
create index effektuering_bevilling on effektuering (bevilling);
create index effektuering_nummer on effektuering (nummer, art);
create table nexus (id integer primary key, cpr text not null, body text not null);
create index nexus_cpr on nexus (cpr);
create table nexusref (art text not null, id integer not null, patient integer not null, primary key (art, id))
    without rowid;
create table enhed (uuid text primary key, id integer not null, body text not null);
create table bruger (uuid text primary key, id integer not null, logon text not null, body text not null);
create table virksomhed (cvr text primary key, body text not null);
create table change (night integer not null, system text not null, stream text not null,
    key text not null, owner text not null, what text not null, revealed text not null);
create index change_night on change (night, system, stream);
create table fejl (system text not null, stream text not null, key text not null, slags text not null,
    felt text not null, owner text not null, mended integer, objekt text not null, sag text, tolereret text);
create table brud (system text not null, stream text not null, key text not null, slags text not null);
create table record (seq integer primary key, system text not null, kind text not null, key text not null,
    owner text not null, changed text not null, body text not null, good text, unique (system, kind, key));
create index record_owner on record (system, kind, owner);
create index record_changed on record (system, kind, changed);
create index record_seq on record (system, kind);
create index record_number on record (system, kind, cast(key as integer));
create table recordpart (system text not null, kind text not null, key text not null, nummer text not null,
    listed integer not null, primary key (system, kind, key, nummer)) without rowid;
create index recordpart_nummer on recordpart (nummer, system, kind);
create view population as select distinct p.nummer as cpr from sagspart p join sag s on s.uuid = p.sag
    where p.art = 'cpr' and (s.indeks = 1 or s.sbsys is not null)
    union select nummer from bevillingspart where art = 'cpr'
    union select nummer from effektuering where art = 'cpr'
    union select nummer from recordpart where listed = 1 and length(nummer) = 10;
create view companies as select distinct p.nummer as cvr from sagspart p join sag s on s.uuid = p.sag
    where p.art = 'cvr' and (s.indeks = 1 or s.sbsys is not null)
    union select nummer from bevillingspart where art = 'cvr'
    union select nummer from effektuering where art = 'cvr'
    union select nummer from recordpart where listed = 1 and length(nummer) = 8;
"""


def stamp(moment: datetime) -> str:
    """An instant as the columns hold it: UTC, microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
