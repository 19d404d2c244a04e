-- What the dashboard has worked out itself for the home municipality and its areas: every figure that is derived, and
-- beside them those of the same indicator and level that have no value, with the reason.
with own as (
    select distinct observation.indicator, area.level
    from observation
    join area using (area_code)
    where area.municipality = $municipality and observation.status = 'derived'
)
select
    area.code as area,
    area.level,
    area.vintage as division,
    coalesce(area.name, regso.name, municipality.name) as area_name,
    observation.indicator,
    observation.year,
    observation.value,
    observation.status,
    observation.note,
    observation.source
from observation
join area using (area_code)
join own on own.indicator = observation.indicator and own.level = area.level
join municipality on municipality.code = area.municipality
left join area regso on regso.area_code = area.regso_code
where area.municipality = $municipality
    and observation.status <> 'published'
    and observation.indicator not in (select unnest($left_out::varchar[]))
order by area.level, area.area_code, observation.indicator, observation.year;
