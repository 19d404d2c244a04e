-- The areas of the home municipality at one level, under the division of 2025, with their names.
-- A DeSO has no name of its own; it is shown by the name of its RegSO and its code.
select
    area.area_code,
    area.code,
    area.level,
    area.kind,
    area.regso_code,
    coalesce(area.name, regso.name) as name,
    area.area_m2,
    area.boundary,
    area.x,
    area.y
from area
left join area regso on regso.area_code = area.regso_code
where area.municipality = $municipality
    and area.level = $level
    and area.vintage is not distinct from (case when $level = 'municipality' then null else 2025 end)
order by coalesce(area.name, regso.name) collate sv, area.area_code;
