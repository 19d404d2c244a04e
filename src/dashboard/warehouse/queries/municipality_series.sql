-- All years of some indicators for all municipalities.
select
    area.municipality,
    municipality.name,
    municipality.role,
    observation.indicator,
    observation.year,
    observation.value,
    observation.lower,
    observation.upper,
    observation.status,
    observation.note,
    observation.source
from observation
join area using (area_code)
join municipality on municipality.code = area.municipality
where area.level = 'municipality'
    -- A municipality's code has four figures; told here as well, it spares joining a country's small areas.
    and length(observation.area_code) = 4
    and observation.indicator in (select unnest($indicators::varchar[]))
order by observation.indicator, municipality.role <> 'home', municipality.name collate sv, observation.year;
