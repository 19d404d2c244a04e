-- Every node of the walk network, in order.
select x, y from node order by node;
