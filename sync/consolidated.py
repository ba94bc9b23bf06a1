"""The statements of consolidation. Parameters: now, since (the watermark), everybody (look at every person)."""

from canonical_model.folding import FOLD, SORT

_PERSON_NUMBERS = "('cpr', 'personid', 'borgerid')"

NUMBERED = f"""
    create temp table cons_uuid on commit drop as
    select distinct i.objekt as uuid, o.objekt as person from identitet i
    join identitet o on o.art = i.art and o.nummer = i.nummer and o.kendt_til is null
    where i.art in {_PERSON_NUMBERS}
    union
    select objekt, objekt from objekt k where art = 'person'
      and not exists (select 1 from identitet i where i.objekt = k.objekt)
"""
"""Every UUID that a person ever had, to the one it has now."""

NAMED = f"""
    create temp table cons_uuid on commit drop as
    with these as (
      select distinct o.objekt from identitet i
      join identitet o on o.art = i.art and o.nummer = i.nummer and o.kendt_til is null
      where i.art in {_PERSON_NUMBERS} and i.objekt = any(%(persons)s))
    select distinct i.objekt as uuid, o.objekt as person from these
    join identitet o on o.objekt = these.objekt and o.kendt_til is null
    join identitet i on i.art = o.art and i.nummer = o.nummer
    where o.art in {_PERSON_NUMBERS}
    union
    select objekt, objekt from objekt k where art = 'person' and objekt = any(%(persons)s)
      and not exists (select 1 from identitet i where i.objekt = k.objekt)
"""
"""The same for some persons, by whatever UUID they are named."""

THESE = "create temp table cons_person on commit drop as select distinct person from cons_uuid"

_FACTS = {
    "navn": "objekt", "adresse": "objekt", "beskyttelse": "objekt", "person": "objekt",
    "sagspart": "part", "dokumentpart": "part", "bevillingspart": "part", "effektueringspart": "part",
    "krav": "part",     "personrelation": "reference",
}  # fmt: skip

_CHANGED = " union all ".join(
    f"select {column} from {table} where {column} is not null and (kendt_fra >= %(since)s or kendt_til >= %(since)s"
    + (
        " or (kendt_til is null and (virkning_fra > %(since)s and virkning_fra <= %(now)s"
        " or virkning_til > %(since)s and virkning_til <= %(now)s)))"
        if column == "objekt"
        else ")"
    )
    for table, column in _FACTS.items()
)

TOUCHED = f"""
    create temp table cons_person on commit drop as
    select distinct u.person from cons_uuid u where %(everybody)s
      or u.uuid in (
        {_CHANGED}
        union all select objekt from identitet where kendt_fra >= %(since)s or kendt_til >= %(since)s
      )
"""

_TRUE_NOW = """
    f.kendt_til is null and f.registreret_til is null
    and (f.virkning_fra is null or f.virkning_fra <= %(now)s) and (f.virkning_til is null or f.virkning_til > %(now)s)
"""
_RANK = """
    left join praecedens p on p.felt = '{felt}' and p.source = f.source
      and p.kendt_fra <= %(now)s and (p.kendt_til is null or p.kendt_til > %(now)s)
"""
_WHOLE = (
    "nullif(btrim(coalesce(nullif(btrim(adresseringsnavn), ''), concat_ws(' ', fornavn, mellemnavn, efternavn))), '')"
)
_STRUCTURED = (
    "nullif(btrim(coalesce(nullif(concat_ws(' ', fornavn, mellemnavn, efternavn), ''), adresseringsnavn)), '')"
)


def _carried(table: str, column: str, name: str, tier: int) -> str:
    return f"""
        select u.person, f.{name}, f.{name}, false, {tier}, f.virkning_fra, f.source, f.id, {_TRUE_NOW}
        from cons_person c join cons_uuid u using (person) join {table} f on f.{column} = u.uuid
        where f.kendt_til is null and f.registreret_til is null and nullif(btrim(f.{name}), '') is not null
    """


NAMES = f"""
    create temp table cons_name on commit drop as
    select u.person, {_WHOLE} as navn, {_STRUCTURED} as ord, true as eget, coalesce(p.rang, 1000) as rang,
      f.virkning_fra, f.source, f.id, {_TRUE_NOW} as nu
    from cons_person c join cons_uuid u using (person) join navn f on f.objekt = u.uuid {_RANK.format(felt="navn")}
    where f.kendt_til is null
    union all {_carried("sagspart", "part", "fuldt_navn", 2000)}
    union all {_carried("bevillingspart", "part", "fuldt_navn", 2001)}
    union all {_carried("dokumentpart", "part", "fuldt_navn", 2002)}
    union all {_carried("effektueringspart", "part", "fuldt_navn", 2003)}
    union all {_carried("krav", "part", "fuldt_navn", 2004)}
    union all {_carried("personrelation", "reference", "navn", 2005)}
"""
"""Every name of the persons: their own, former ones too, and, for want of one, what a relation to them carries."""

_HOUSE = "regexp_replace(coalesce(f.husnummer, ''), '^0+', '')"
_FLOOR = "nullif(regexp_replace(coalesce(f.etage, ''), '^0+', ''), '')"
_DOOR = "nullif(regexp_replace(coalesce(f.sidedoer, ''), '^0+', ''), '')"
_LINE = f"""
    coalesce(nullif(btrim(f.tekst), ''), nullif(concat_ws(', ',
      nullif(btrim(concat_ws(' ', f.vejnavn, nullif({_HOUSE}, ''))), ''),
      nullif(concat_ws('. ', {_FLOOR}, {_DOOR}), ''), nullif(btrim(f.bynavn), ''),
      nullif(btrim(concat_ws(' ', f.postnummer, f.postdistrikt)), '')), ''))
"""
_COMPARED = f"""
    case when f.vejnavn is null or f.husnummer is null then {FOLD.format(text="f.tekst")}
    else concat_ws('|', {FOLD.format(text="f.vejnavn")}, upper({_HOUSE}), lower({_FLOOR}), lower({_DOOR}), f.postnummer)
    end
"""

ADDRESSES = f"""
    create temp table cons_address on commit drop as
    select u.person, {_LINE} as adresse, {_COMPARED} as sammenlignes, f.art = 'bopael' as bopael,
      coalesce(p.rang, 1000) as rang, f.virkning_fra, f.source, f.id
    from cons_person c join cons_uuid u using (person) join adresse f on f.objekt = u.uuid
    {_RANK.format(felt="adresse")}
    where {_TRUE_NOW}
"""

_SORTED_WORDS = f"""
    array_to_string(array(select w from unnest(string_to_array({FOLD.format(text="ord")}, ' ')) w order by w), ' ')
"""

FLAGS = f"""
    create temp table cons_flag on commit drop as
    select u.person,
      bool_or(f.status = 90) as doed,
      (array_agg(f.foedselsdato order by coalesce(p.rang, 1000), f.id) filter (where f.foedselsdato is not null))[1]
        as foedselsdato,
      count(distinct f.civilstand) > 1 as uenige
    from cons_person c join cons_uuid u using (person) join person f on f.objekt = u.uuid
    {_RANK.format(felt="civilstand")}
    where {_TRUE_NOW} group by u.person
"""

_BY_RANK = "order by person, rang, virkning_fra desc nulls last, source, id"

WRITE = f"""
    with winner as (select distinct on (person) person, navn from cons_name where nu {_BY_RANK}),
    words as (
      select person, string_agg(distinct word, ' ' order by word) as ord
      from cons_name, unnest(string_to_array({FOLD.format(text="concat_ws(' ', navn, ord)")}, ' ')) word
      where word <> '' group by person),
    own as (
      select distinct on (person, source) person, source, {_SORTED_WORDS} as navn from cons_name
      where nu and eget order by person, source, virkning_fra desc nulls last, id desc),
    home as (
      select distinct on (person) person, adresse from cons_address
      order by person, bopael desc, rang, virkning_fra desc nulls last, source, id),
    place as (
      select person, string_agg(distinct folded, ' ' order by folded) as ord
      from (select person, {FOLD.format(text="adresse")} as folded from cons_address) a group by person),
    own_home as (
      select distinct on (person, source) person, source, sammenlignes from cons_address
      where bopael order by person, source, virkning_fra desc nulls last, id desc),
    quarrel as (
      select person from own group by person having count(distinct navn) > 1 union
      select person from own_home group by person having count(distinct sammenlignes) > 1 union
      select person from cons_flag where uenige),
    shielded as (
      select distinct u.person from cons_person c join cons_uuid u using (person)
      join beskyttelse f on f.objekt = u.uuid where f.art = 'navn_og_adresse' and {_TRUE_NOW})
    insert into personopslag as o (person, navn, navn_sort, navn_ord, adresse, adresse_ord, foedselsdato, beskyttet,
      doed, konflikt, opdateret)
    select c.person, winner.navn, coalesce({SORT.format(text="winner.navn")}, ''), coalesce(words.ord, ''),
      home.adresse,
      coalesce(place.ord, ''), cons_flag.foedselsdato, shielded.person is not null, coalesce(cons_flag.doed, false),
      quarrel.person is not null, %(now)s
    from cons_person c left join winner using (person) left join words using (person) left join home using (person)
    left join place using (person) left join cons_flag using (person) left join shielded using (person)
    left join quarrel using (person)
    on conflict (person) do update set navn = excluded.navn, navn_sort = excluded.navn_sort,
      navn_ord = excluded.navn_ord, adresse = excluded.adresse, adresse_ord = excluded.adresse_ord,
      foedselsdato = excluded.foedselsdato, beskyttet = excluded.beskyttet, doed = excluded.doed,
      konflikt = excluded.konflikt, opdateret = excluded.opdateret
    where (o.navn, o.navn_sort, o.navn_ord, o.adresse, o.adresse_ord, o.foedselsdato, o.beskyttet, o.doed, o.konflikt)
      is distinct from (excluded.navn, excluded.navn_sort, excluded.navn_ord, excluded.adresse, excluded.adresse_ord,
      excluded.foedselsdato, excluded.beskyttet, excluded.doed, excluded.konflikt)
"""

REMOVE = f"""
    delete from personopslag o using cons_uuid u where o.person = u.uuid and u.uuid <> u.person
      and not exists (select 1 from identitet v
        where v.objekt = o.person and v.kendt_til is null and v.art in {_PERSON_NUMBERS})
"""
"""Persons that were joined into another have no row of their own any more."""
