-- The group's share in every area of the slices whose areas have boundaries, for the spatial pattern.
select
    municipality, level, year, split, area_code,
    case when t > 0 then x / t end as share,
    case when t = 0 then 'empty_area' else split_count.reason end as reason
from split_count
where exists (
    select 1
    from neighbour
    join area using (area_code)
    where area.municipality = split_count.municipality and area.level = split_count.level
)
order by municipality, level, year, split, area_code;
