-- Shares of persons in each income quartile, area by area, for every year that has one; null where it is not known.
-- The persons are those of the income statistics where they are published, else the population.
-- Of one municipality and one level, or of all where null is given.
with figure as (
    select area_code, indicator, year, value
    from observation
    where indicator in (
        'income_quartile_1', 'income_quartile_2', 'income_quartile_3', 'income_quartile_4', 'income_persons', 'population'
    )
        -- An area's code begins with its municipality's.
        and ($municipality::varchar is null or starts_with(area_code, $municipality::varchar))
),
asked as (
    select distinct area.municipality, area.level, area.vintage, figure.year
    from figure
    join area using (area_code)
    where figure.indicator = 'income_quartile_1'
        and figure.value is not null
        and area.level in ('deso', 'regso')
        and ($municipality::varchar is null or area.municipality = $municipality)
        and ($level::varchar is null or area.level = $level)
)
select
    asked.municipality,
    asked.level,
    asked.year,
    area.area_code,
    lowest.value as q1,
    lower.value as q2,
    higher.value as q3,
    highest.value as q4,
    coalesce(counted.value, inhabitants.value) as persons,
    counted.value is null as persons_stand_in
from asked
join area
    on area.municipality = asked.municipality
    and area.level = asked.level
    and area.vintage is not distinct from asked.vintage
left join figure lowest
    on lowest.area_code = area.area_code and lowest.year = asked.year and lowest.indicator = 'income_quartile_1'
left join figure lower
    on lower.area_code = area.area_code and lower.year = asked.year and lower.indicator = 'income_quartile_2'
left join figure higher
    on higher.area_code = area.area_code and higher.year = asked.year and higher.indicator = 'income_quartile_3'
left join figure highest
    on highest.area_code = area.area_code and highest.year = asked.year and highest.indicator = 'income_quartile_4'
left join figure counted
    on counted.area_code = area.area_code and counted.year = asked.year and counted.indicator = 'income_persons'
left join figure inhabitants
    on inhabitants.area_code = area.area_code and inhabitants.year = asked.year and inhabitants.indicator = 'population'
order by asked.municipality, asked.level, asked.year, area.area_code;
