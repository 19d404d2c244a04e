-- Which splits can be shown for the home municipality: level and year, and whether every area is known.
select split, level, year, count(*) as areas, count(*) filter (where reason is null) as known_areas, any_value(reason) as reason
from (
    select split, level, year, area_code, reason from split_count where municipality = $municipality
    union all
    select split, level, year, area_code, max(reason)
    from group_count
    where municipality = $municipality
    group by split, level, year, area_code
)
group by split, level, year
order by split, level, year;
