-- The areas that pass the filters. Each filter is a list: an empty one lets everything through.
-- $indicators, $lows and $highs belong together place by place: the newest value must lie within [low, high].
with newest as (
    select observation.indicator, max(observation.year) as year
    from observation
    join area using (area_code)
    where area.municipality = $municipality and area.level = $level and observation.value is not null
    group by observation.indicator
),
wanted as (
    select
        unnest($indicators::varchar[]) as indicator,
        unnest($lows::double[]) as low,
        unnest($highs::double[]) as high
)
select area.area_code
from area
where area.municipality = $municipality
    and area.level = $level
    and area.vintage = 2025
    and (len($regsos::varchar[]) = 0 or area.regso_code in (select unnest($regsos::varchar[])))
    and (len($kinds::varchar[]) = 0 or area.kind in (select unnest($kinds::varchar[])))
    and not exists (
        select 1
        from wanted
        left join newest using (indicator)
        left join observation
            on observation.area_code = area.area_code
            and observation.indicator = wanted.indicator
            and observation.year = newest.year
        -- A figure that is not known is not within any range.
        where observation.value is null or observation.value < wanted.low or observation.value > wanted.high
    )
order by area.area_code;
