-- Every row of one indicator in the home municipality and the peers: what the download of an indicator holds.
select
    observation.area_code,
    area.level,
    municipality.name as municipality,
    coalesce(area.name, regso.name) as area_name,
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
left join area regso on regso.area_code = area.regso_code
where observation.indicator in (select unnest($indicators::varchar[]))
order by area.level, observation.area_code, observation.indicator, observation.year;
