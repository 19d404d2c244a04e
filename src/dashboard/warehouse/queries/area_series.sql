-- All years of some indicators for some areas (any level).
select
    observation.area_code,
    observation.indicator,
    observation.year,
    observation.value,
    observation.status,
    observation.note,
    observation.source
from observation
where observation.area_code in (select unnest($areas::varchar[]))
    and observation.indicator in (select unnest($indicators::varchar[]))
order by observation.area_code, observation.indicator, observation.year;
