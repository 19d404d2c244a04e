-- A measure over scales in the municipality's own grid: of the year, or else of the year nearest to it, the later of two.
select grid.year, grid.source, grid.cells, grid.people, grid.cell_metres, point.k, point.value, point.at_home, point.reason
from grid
join grid_point as point using (split, year)
where grid.split = $split
    and point.measure = $measure
    and grid.year = (
        select year from grid where split = $split order by abs(year - $year), year desc limit 1
    )
order by point.k nulls first
