-- Integration and through-movement of every node within each radius.
select node, radius, closeness, betweenness from node_centrality order by radius, node;
