-- How many belong to the group of each two-group split (x) and how many there are in all (t), area by area.
-- An area whose figures are not known keeps its row: x or t is null and `reason` says why.
create table split_count as
with figure as (
    -- What the splits count, and nothing else: a country has many times as many observations.
    select area_code, indicator, year, value, status
    from observation
    where indicator in (select group_indicator from split union all select total_indicator from split)
),
slice as (
    -- A split exists for a level and year as soon as one area has a figure for the group.
    select distinct split.id as split, area.municipality, area.level, area.vintage, figure.year
    from split
    join figure on figure.indicator = split.group_indicator and figure.value is not null
    join area using (area_code)
)
select
    slice.municipality,
    slice.level,
    slice.year,
    slice.split,
    area.area_code,
    area.regso_code,
    case split.group_kind when 'share' then total.value * part.value / 100 else part.value end as x,
    total.value as t,
    case
        when part.status is null or part.status = 'missing' then 'group_missing'
        when part.status in ('suppressed', 'false_zero') then 'group_' || part.status
        when total.status is null or total.status = 'missing' then 'total_missing'
        when total.status in ('suppressed', 'false_zero') then 'total_' || total.status
    end as reason
from slice
join split on split.id = slice.split
join area
    on area.municipality = slice.municipality
    and area.level = slice.level
    and area.vintage is not distinct from slice.vintage
left join figure part
    on part.area_code = area.area_code and part.indicator = split.group_indicator and part.year = slice.year
left join figure total
    on total.area_code = area.area_code and total.indicator = split.total_indicator and total.year = slice.year
where slice.level <> 'municipality'
-- RegSO areas of a peer exist only to tie its DeSO together; they have no figures of their own.
order by slice.split, slice.municipality, slice.level, slice.year, area.area_code;

-- The same for splits into more than two groups: one row an area and group.
create table group_count as
with figure as (
    select area_code, indicator, year, value, status
    from observation
    where indicator in (select indicator from split_group)
),
slice as (
    select distinct split_group.split, area.municipality, area.level, area.vintage, figure.year
    from split_group
    join figure on figure.indicator = split_group.indicator and figure.value is not null
    join area using (area_code)
)
select
    slice.municipality,
    slice.level,
    slice.year,
    slice.split,
    area.area_code,
    area.regso_code,
    split_group.position,
    figure.value as n,
    case
        when figure.status is null or figure.status = 'missing' then 'group_missing'
        when figure.status in ('suppressed', 'false_zero') then 'group_' || figure.status
    end as reason
from slice
join split_group on split_group.split = slice.split
join area
    on area.municipality = slice.municipality
    and area.level = slice.level
    and area.vintage is not distinct from slice.vintage
left join figure
    on figure.area_code = area.area_code
    and figure.indicator = split_group.indicator
    and figure.year = slice.year
where slice.level <> 'municipality'
order by slice.split, slice.municipality, slice.level, slice.year, area.area_code, split_group.position;
