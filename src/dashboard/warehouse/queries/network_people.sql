-- Which nodes of the walk network carry which share of an area's people.
select node, area_code, share, nearest from node_area order by area_code, node;
