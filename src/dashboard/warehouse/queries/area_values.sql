-- The newest figure of every indicator for every area of a level; years that an area lacks count as lacking, so
-- that all areas show the same year.
with newest as (
    select observation.indicator, max(observation.year) as year
    from observation
    join area using (area_code)
    where area.municipality = $municipality and area.level = $level and observation.value is not null
    group by observation.indicator
)
select
    observation.area_code,
    observation.indicator,
    observation.year,
    observation.value,
    observation.status,
    observation.note,
    observation.source
from observation
join newest using (indicator, year)
join area using (area_code)
where area.municipality = $municipality and area.level = $level
order by observation.indicator, observation.area_code;
