-- School units of Skolverket as places to walk to, where the named places have no school nearby whose name begins with
-- the same word: neighbours such as Slättbergsskolan and Magnus Åbergsgymnasiet are two schools.
insert into place
select
    's' || school_unit_code as id,
    'education' as category,
    'school' as kind,
    name,
    lat,
    lon,
    x,
    y,
    'skolverket' as osm_tag,
    false as approximate
from school
where not exists (
    select 1
    from place
    where place.kind = 'school'
        and sqrt((place.x - school.x) ** 2 + (place.y - school.y) ** 2) <= $same_within
        and regexp_extract(lower(place.name), '^[^ ,]+') = regexp_extract(lower(school.name), '^[^ ,]+')
);
