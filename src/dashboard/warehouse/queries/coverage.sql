-- What there is of each indicator: level, years, areas, and how many figures are there or not.
select
    observation.indicator,
    area.level,
    min(observation.year) as first_year,
    max(observation.year) as last_year,
    count(distinct observation.area_code) as areas,
    count(*) filter (where observation.status = 'published') as published,
    count(*) filter (where observation.status = 'derived') as derived,
    count(*) filter (where observation.value is null) as without_value
from observation
join area using (area_code)
group by observation.indicator, area.level
order by observation.indicator, area.level;
