-- Figures of an area of today in the years before it, worked out from those of the old areas that it came from.
select
    reworked.area_code,
    reworked.indicator,
    reworked.year,
    reworked.value,
    reworked.status,
    reworked.note,
    reworked.source,
    area_origin.kind,
    area_origin.largest_weight
from reworked
join area_origin using (area_code)
where reworked.area_code in (select unnest($areas::varchar[]))
    and reworked.indicator in (select unnest($indicators::varchar[]))
order by reworked.area_code, reworked.indicator, reworked.year;
