-- Measures of two-group segregation for every slice asked for, one row a measure. Continues slices.sql.
, wanted AS (
    SELECT measure, measure IN ('entropy_between', 'entropy_within', 'within_between') AS nested
    FROM (
        SELECT unnest([
            'dissimilarity', 'gini', 'isolation', 'exposure', 'correlation_ratio', 'entropy',
            'entropy_between', 'entropy_within', 'within_between'
        ]) AS measure
    )
    WHERE $measures::VARCHAR[] IS NULL OR list_contains($measures::VARCHAR[], measure)
),
running AS (
    -- The group cumulated from the area with the smallest share to the one with the largest, for Gini.
    -- Among areas with the same share the order does not matter: the curve is straight there.
    -- Sorting is half of the work: what can be worked out later is not carried through it, and areas are put
    -- together by RegSO only when somebody asks what lies between them.
    SELECT
        slice, x, y, p,
        CASE WHEN (SELECT bool_or(nested) FROM wanted) THEN regso_code END AS regso_code,
        sum(x) OVER (PARTITION BY slice ORDER BY p ROWS UNBOUNDED PRECEDING) AS x_running
    FROM member
),
term AS (
    -- What each area adds. x ln p is 0 where x is 0: its limit. Entropies are summed over persons: t·e.
    SELECT
        slice, regso_code, x, y,
        x * p AS met,
        abs(x / x_total - y / y_total) AS uneven,
        -CASE WHEN x > 0 THEN x * ln(p) ELSE 0 END - CASE WHEN y > 0 THEN y * ln(y / (x + y)) ELSE 0 END
            AS within_area,
        y * (2 * x_running - x) AS under_curve
    FROM running
    JOIN slice USING (slice)
),
neighbourhood AS (
    SELECT
        slice, regso_code,
        fsum(x) AS x, fsum(y) AS y,
        fsum(met) AS met, fsum(uneven) AS uneven, fsum(within_area) AS within_areas,
        fsum(under_curve) AS under_curve
    FROM term
    GROUP BY slice, regso_code
),
city AS (
    SELECT
        slice,
        fsum(met) AS met, fsum(uneven) AS uneven, fsum(within_areas) AS within_areas,
        fsum(under_curve) AS under_curve,
        fsum(-CASE WHEN x > 0 THEN x * ln(x / (x + y)) ELSE 0 END
             - CASE WHEN y > 0 THEN y * ln(y / (x + y)) ELSE 0 END) AS within_regso
    FROM neighbourhood
    GROUP BY slice
),
total AS (
    SELECT
        slice.*, uneven, under_curve, within_areas, within_regso,
        met / x_total AS met, x_total / t_total AS share,
        -x_total * ln(x_total / t_total) - y_total * ln(y_total / t_total) AS whole
    FROM slice
    LEFT JOIN city USING (slice)
),
answer AS (
    SELECT
        municipality, level, year, split, measure, areas,
        CASE measure
            WHEN 'dissimilarity' THEN uneven / 2
            -- Σ (cx·y − x·cy) / (XY), with cy summed by parts: 1 less twice the area under the curve.
            WHEN 'gini' THEN 1 - under_curve / (x_total * y_total)
            WHEN 'isolation' THEN met
            WHEN 'exposure' THEN 1 - met
            WHEN 'correlation_ratio' THEN (met - share) / (1 - share)
            WHEN 'entropy' THEN (whole - within_areas) / whole
            WHEN 'entropy_between' THEN (whole - within_regso) / whole
            WHEN 'entropy_within' THEN (within_regso - within_areas) / whole
            WHEN 'within_between' THEN (whole - within_regso) / (whole - within_areas)
        END AS value,
        coalesce(
            reason,
            CASE
                WHEN nested AND regso_reason IS NOT NULL THEN regso_reason
                WHEN measure = 'within_between' AND whole - within_areas < 1e-12 * whole THEN 'no_segregation'
            END
        ) AS reason
    FROM total
    CROSS JOIN wanted
)
SELECT
    municipality, level, year, split, measure,
    -- All these measures lie in 0–1; only rounding in the last binary digit can lead outside.
    CASE
        WHEN reason IS NOT NULL THEN NULL
        WHEN value < 0 THEN 0
        WHEN value > 1 THEN 1
        ELSE value
    END AS value,
    areas, reason
FROM answer
