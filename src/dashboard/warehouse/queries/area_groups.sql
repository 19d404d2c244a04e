-- How many people (or dwellings) of each group live in each small area, in the newest year that every group has:
-- the groups that a place's surroundings are described by. An area whose figure is not known has n null.
with two_groups as (
    select split as grouping, year, area_code, unnest([0, 1]) as position, unnest([x, t - x]) as n
    from split_count
    where municipality = $municipality
        and level = 'deso'
        and split in ('foreign_background', 'low_economic_standard')
),
several_groups as (
    select split as grouping, year, area_code, position, n
    from group_count
    where municipality = $municipality and level = 'deso' and split = 'tenure'
),
band as (
    -- SCB's five-year bands, men and women apart; the first age of the band is in its name.
    select
        area_code,
        year,
        value,
        regexp_extract(observation.indicator, '_(\d+)_[^_]+$', 1)::integer as from_age
    from observation
    join area using (area_code)
    join indicator on indicator.id = observation.indicator and indicator.family = 'population_age_sex'
    where area.municipality = $municipality and area.level = 'deso'
),
ages as (
    select
        'age' as grouping,
        year,
        area_code,
        case when from_age < 20 then 0 when from_age < 65 then 1 else 2 end as position,
        -- A band that is not known makes the sum unknown, not smaller.
        case when count(value) = count(*) then sum(value) end as n
    from band
    group by all
),
everybody as (
    select 'population' as grouping, observation.year, observation.area_code, 0 as position, observation.value as n
    from observation
    join area using (area_code)
    where area.municipality = $municipality and area.level = 'deso' and observation.indicator = 'population'
),
every_group as (
    from two_groups union all by name
    from several_groups union all by name
    from ages union all by name
    from everybody
),
newest as (
    select grouping, max(year) as year
    from every_group
    where n is not null
    group by grouping
)
select every_group.grouping, every_group.year, every_group.position, every_group.area_code, every_group.n
from every_group
join newest using (grouping, year)
order by every_group.grouping, every_group.position, every_group.area_code;
