-- Every edge of the walk network, in order.
select a, b, length, structure, line from edge order by edge;
