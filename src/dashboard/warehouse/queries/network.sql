-- The walk network of the home municipality: one row, or none.
select kind, length_factor, made
from network
where municipality = $municipality;
