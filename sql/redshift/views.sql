-- The KPI tables as materialized views of Amazon Redshift, over the clean tables that
-- `retailsim redshift load` keeps there. Made by `make docs` from sql/gold; change that instead.
--
-- The schema gold holds what the lake's gold says, copied; mart says the same from clean, computed
-- by Redshift. Both can be there, and have to agree to the cent. data_quality_day counts rows that
-- are not copied: see deliveries.sql.
--
-- Redshift takes no ORDER BY here. Outer joins and window functions make a refresh a full one, so
-- nothing refreshes by itself: REFRESH MATERIALIZED VIEW, in this order, when a load has ended.

CREATE SCHEMA IF NOT EXISTS mart;

CREATE MATERIALIZED VIEW mart.basket_size_month
AUTO REFRESH NO
AS
WITH line_count AS (
  SELECT
    transaction_id,
    COUNT(*) AS line_total
  FROM clean.transaction_line
  GROUP BY
    transaction_id
), sale AS (
  SELECT
    transaction.store_id,
    SUBSTRING(CAST(transaction.business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    CASE
      WHEN line_count.line_total = 1
      THEN '1'
      WHEN line_count.line_total <= 3
      THEN '2-3'
      WHEN line_count.line_total <= 6
      THEN '4-6'
      WHEN line_count.line_total <= 10
      THEN '7-10'
      WHEN line_count.line_total <= 20
      THEN '11-20'
      ELSE '21+'
    END AS lines_bucket
  FROM clean.transaction
  INNER JOIN line_count
    ON line_count.transaction_id = transaction.transaction_id
  WHERE
    transaction.kind = 'SALE'
)
SELECT
  store_id,
  month,
  lines_bucket,
  CAST(COUNT(*) AS BIGINT) AS transactions
FROM sale
GROUP BY
  store_id,
  month,
  lines_bucket;

CREATE MATERIALIZED VIEW mart.customer_month
AUTO REFRESH NO
AS
WITH buyer AS (
  SELECT DISTINCT
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    customer_id
  FROM clean.transaction
  WHERE
    kind = 'SALE' AND NOT customer_id IS NULL
), first_purchase AS (
  SELECT
    customer_id,
    MIN(month) AS month
  FROM buyer
  GROUP BY
    customer_id
)
SELECT
  buyer.store_id,
  buyer.month,
  CAST(SUM(CASE WHEN first_purchase.month = buyer.month THEN 1 ELSE 0 END) AS BIGINT) AS new_customers,
  CAST(SUM(CASE WHEN first_purchase.month < buyer.month THEN 1 ELSE 0 END) AS BIGINT) AS returning_customers
FROM buyer
INNER JOIN first_purchase
  ON first_purchase.customer_id = buyer.customer_id
GROUP BY
  buyer.store_id,
  buyer.month;

CREATE MATERIALIZED VIEW mart.customer_rfm
AUTO REFRESH NO
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
  UNION ALL
  SELECT
    6
  UNION ALL
  SELECT
    7
  UNION ALL
  SELECT
    8
  UNION ALL
  SELECT
    9
), calendar AS (
  SELECT
    n AS day_number,
    CAST('1900-01-01' AS DATE) + n AS business_date
  FROM (
    SELECT
      a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
    FROM digit AS a
    CROSS JOIN digit AS b
    CROSS JOIN digit AS c
    CROSS JOIN digit AS e
    CROSS JOIN digit AS f
  ) AS whole_number
), span AS (
  SELECT
    MAX(business_date) AS data_through
  FROM (
    SELECT
      business_date
    FROM clean.transaction_line
    UNION ALL
    SELECT
      business_date
    FROM clean.transaction
    UNION ALL
    SELECT
      business_date
    FROM clean.visit
  ) AS dated
), customer_sum AS (
  SELECT
    customer_id,
    MAX(CASE WHEN kind = 'SALE' THEN business_date END) AS last_sale_on,
    SUM(CASE WHEN kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(CASE WHEN kind = 'SALE' THEN net ELSE -net END) AS net_sales
  FROM clean.transaction
  WHERE
    NOT customer_id IS NULL
  GROUP BY
    customer_id
), buyer AS (
  SELECT
    customer_sum.customer_id,
    last_day.day_number - last_sale.day_number AS recency_days,
    customer_sum.transactions,
    customer_sum.net_sales
  FROM customer_sum
  CROSS JOIN span
  INNER JOIN calendar AS last_sale
    ON last_sale.business_date = customer_sum.last_sale_on
  INNER JOIN calendar AS last_day
    ON last_day.business_date = span.data_through
  WHERE
    customer_sum.transactions > 0
), ranked AS (
  SELECT
    customer_id,
    recency_days,
    transactions,
    net_sales,
    5 * (
      RANK() OVER (ORDER BY recency_days DESC) - 1
    ) AS worse_recency,
    5 * (
      RANK() OVER (ORDER BY transactions) - 1
    ) AS worse_transactions,
    5 * (
      RANK() OVER (ORDER BY net_sales) - 1
    ) AS worse_net_sales,
    COUNT(*) OVER () AS customers
  FROM buyer
)
SELECT
  customer_id,
  CAST(recency_days AS BIGINT) AS recency_days,
  CAST(transactions AS BIGINT) AS transactions,
  CAST(net_sales AS DECIMAL(18, 2)) AS net_sales,
  CASE
    WHEN worse_recency >= 3 * customers
    AND worse_transactions >= 3 * customers
    AND worse_net_sales >= 3 * customers
    THEN 'CHAMPION'
    WHEN worse_recency >= 2 * customers AND worse_transactions >= 2 * customers
    THEN 'LOYAL'
    WHEN worse_recency >= 3 * customers
    THEN 'NEW'
    WHEN worse_recency < 2 * customers AND worse_transactions >= 2 * customers
    THEN 'AT_RISK'
    WHEN worse_recency < 2 * customers
    THEN 'LOST'
    ELSE 'OTHER'
  END AS segment
FROM ranked;

CREATE MATERIALIZED VIEW mart.product_month
AUTO REFRESH NO
AS
WITH open_day AS (
  SELECT
    store_id,
    business_date
  FROM clean.visit
  UNION
  SELECT
    store_id,
    business_date
  FROM clean.transaction
  WHERE
    kind = 'SALE' AND channel = 'STORE'
), stocked AS (
  SELECT DISTINCT
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month
  FROM clean.inventory_day
), listed AS (
  SELECT
    stocked.store_id,
    stocked.month,
    product.product_id,
    COUNT(*) AS product_days
  FROM stocked
  INNER JOIN open_day
    ON open_day.store_id = stocked.store_id
    AND SUBSTRING(CAST(open_day.business_date AS VARCHAR(10)) FROM 1 FOR 7) = stocked.month
  INNER JOIN clean.product
    ON (
      product.launched_on IS NULL OR open_day.business_date >= product.launched_on
    )
    AND (
      product.delisted_on IS NULL OR open_day.business_date <= product.delisted_on
    )
  GROUP BY
    stocked.store_id,
    stocked.month,
    product.product_id
), missing AS (
  SELECT
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    product_id,
    COUNT(*) AS stockout_days
  FROM clean.inventory_day
  WHERE
    minutes_out_of_stock > 0
  GROUP BY
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7),
    product_id
), sold AS (
  SELECT
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    product_id,
    CAST(SUM(CASE WHEN kind = 'SALE' THEN net ELSE -net END) AS DECIMAL(18, 2)) AS net_sales,
    CAST(SUM(CASE WHEN kind = 'SALE' THEN unit_cost * quantity ELSE -unit_cost * quantity END) AS DECIMAL(18, 2)) AS cogs,
    CAST(SUM(CASE WHEN kind = 'SALE' THEN quantity ELSE -quantity END) AS BIGINT) AS units,
    CAST(SUM(CASE WHEN kind = 'SALE' THEN discount ELSE 0 END) AS DECIMAL(18, 2)) AS discounts
  FROM clean.transaction_line
  GROUP BY
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7),
    product_id
)
SELECT
  sold.store_id,
  sold.month,
  sold.product_id,
  sold.net_sales,
  sold.cogs,
  sold.units,
  sold.discounts,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(missing.stockout_days, 0) END AS BIGINT) AS stockout_days,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(listed.product_days, 0) END AS BIGINT) AS product_days
FROM sold
LEFT JOIN stocked
  ON stocked.store_id = sold.store_id AND stocked.month = sold.month
LEFT JOIN missing
  ON missing.store_id = sold.store_id
  AND missing.month = sold.month
  AND missing.product_id = sold.product_id
LEFT JOIN listed
  ON listed.store_id = sold.store_id
  AND listed.month = sold.month
  AND listed.product_id = sold.product_id;

CREATE MATERIALIZED VIEW mart.promotion_result
AUTO REFRESH NO
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
  UNION ALL
  SELECT
    6
  UNION ALL
  SELECT
    7
  UNION ALL
  SELECT
    8
  UNION ALL
  SELECT
    9
), whole_number AS (
  SELECT
    a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
  FROM digit AS a
  CROSS JOIN digit AS b
  CROSS JOIN digit AS c
  CROSS JOIN digit AS e
  CROSS JOIN digit AS f
), span AS (
  SELECT
    MIN(business_date) AS data_from,
    MAX(business_date) AS data_through
  FROM (
    SELECT
      business_date
    FROM clean.transaction_line
    UNION ALL
    SELECT
      business_date
    FROM clean.transaction
    UNION ALL
    SELECT
      business_date
    FROM clean.visit
  ) AS dated
), week AS (
  SELECT
    CAST('1900-01-01' AS DATE) + whole_number.n AS monday
  FROM whole_number
  CROSS JOIN span
  WHERE
    whole_number.n % 7 = 0
    AND CAST('1900-01-01' AS DATE) + whole_number.n >= span.data_from
    AND CAST('1900-01-01' AS DATE) + whole_number.n + 6 <= span.data_through
), week_day AS (
  SELECT
    week.monday,
    week.monday + digit.d AS business_date
  FROM week
  CROSS JOIN digit
  WHERE
    digit.d < 7
), product_week AS (
  SELECT
    transaction_line.product_id,
    week_day.monday,
    SUM(CASE WHEN kind = 'SALE' THEN quantity ELSE -quantity END) AS units,
    SUM(CASE WHEN kind = 'SALE' THEN discount ELSE 0 END) AS discount,
    SUM(CASE WHEN kind = 'SALE' THEN net ELSE -net END) AS net_sales,
    COUNT(promo_id) AS promoted_lines
  FROM clean.transaction_line
  INNER JOIN week_day
    ON week_day.business_date = transaction_line.business_date
  GROUP BY
    transaction_line.product_id,
    week_day.monday
), covered AS (
  SELECT
    promotion.promo_id,
    promotion_product.product_id,
    week.monday
  FROM clean.promotion
  INNER JOIN clean.promotion_product
    ON promotion_product.promo_id = promotion.promo_id
  INNER JOIN week
    ON week.monday <= promotion.ends_on AND week.monday + 6 >= promotion.starts_on
  WHERE
    promotion.starts_on <= promotion.ends_on
), on_promotion AS (
  SELECT
    covered.promo_id,
    covered.product_id,
    COUNT(*) AS weeks_on,
    SUM(COALESCE(product_week.units, 0)) AS units_on,
    SUM(COALESCE(product_week.discount, 0)) AS discount,
    SUM(COALESCE(product_week.net_sales, 0)) AS net_sales
  FROM covered
  LEFT JOIN product_week
    ON product_week.product_id = covered.product_id
    AND product_week.monday = covered.monday
  GROUP BY
    covered.promo_id,
    covered.product_id
), promoted_product AS (
  SELECT DISTINCT
    product_id
  FROM covered
), busy AS (
  SELECT
    product_id,
    monday
  FROM covered
  UNION
  SELECT
    product_id,
    monday
  FROM product_week
  WHERE
    promoted_lines > 0
), free_week AS (
  SELECT
    promoted_product.product_id,
    week.monday,
    COALESCE(product_week.units, 0) AS units
  FROM promoted_product
  INNER JOIN clean.product
    ON product.product_id = promoted_product.product_id
  CROSS JOIN week
  LEFT JOIN product_week
    ON product_week.product_id = promoted_product.product_id
    AND product_week.monday = week.monday
  LEFT JOIN busy
    ON busy.product_id = promoted_product.product_id AND busy.monday = week.monday
  WHERE
    busy.product_id IS NULL
    AND (
      product.launched_on IS NULL OR week.monday >= product.launched_on
    )
), week_before AS (
  SELECT
    on_promotion.promo_id,
    on_promotion.product_id,
    free_week.units,
    ROW_NUMBER() OVER (
      PARTITION BY on_promotion.promo_id, on_promotion.product_id
      ORDER BY free_week.monday DESC
    ) AS place
  FROM on_promotion
  INNER JOIN clean.promotion
    ON promotion.promo_id = on_promotion.promo_id
  INNER JOIN free_week
    ON free_week.product_id = on_promotion.product_id
    AND free_week.monday + 6 < promotion.starts_on
), baseline AS (
  SELECT
    promo_id,
    product_id,
    SUM(units) AS units,
    COUNT(*) AS weeks
  FROM week_before
  WHERE
    place <= 4
  GROUP BY
    promo_id,
    product_id
)
SELECT
  on_promotion.promo_id,
  on_promotion.product_id,
  CAST(on_promotion.weeks_on AS BIGINT) AS weeks_on,
  CAST(on_promotion.units_on AS BIGINT) AS units_on,
  CAST(1.00 * baseline.units * on_promotion.weeks_on / baseline.weeks AS DECIMAL(18, 2)) AS units_baseline,
  CAST(on_promotion.discount AS DECIMAL(18, 2)) AS discount,
  CAST(on_promotion.net_sales AS DECIMAL(18, 2)) AS net_sales
FROM on_promotion
LEFT JOIN baseline
  ON baseline.promo_id = on_promotion.promo_id
  AND baseline.product_id = on_promotion.product_id;

CREATE MATERIALIZED VIEW mart.store_category_month
AUTO REFRESH NO
AS
WITH open_day AS (
  SELECT
    store_id,
    business_date
  FROM clean.visit
  UNION
  SELECT
    store_id,
    business_date
  FROM clean.transaction
  WHERE
    kind = 'SALE' AND channel = 'STORE'
), stocked AS (
  SELECT DISTINCT
    store_id,
    SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month
  FROM clean.inventory_day
), listed AS (
  SELECT
    stocked.store_id,
    stocked.month,
    product.category,
    COUNT(*) AS product_days
  FROM stocked
  INNER JOIN open_day
    ON open_day.store_id = stocked.store_id
    AND SUBSTRING(CAST(open_day.business_date AS VARCHAR(10)) FROM 1 FOR 7) = stocked.month
  INNER JOIN clean.product
    ON (
      product.launched_on IS NULL OR open_day.business_date >= product.launched_on
    )
    AND (
      product.delisted_on IS NULL OR open_day.business_date <= product.delisted_on
    )
  GROUP BY
    stocked.store_id,
    stocked.month,
    product.category
), missing AS (
  SELECT
    inventory_day.store_id,
    SUBSTRING(CAST(inventory_day.business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    product.category,
    COUNT(*) AS stockout_days
  FROM clean.inventory_day
  INNER JOIN clean.product
    ON product.product_id = inventory_day.product_id
  WHERE
    inventory_day.minutes_out_of_stock > 0
  GROUP BY
    inventory_day.store_id,
    SUBSTRING(CAST(inventory_day.business_date AS VARCHAR(10)) FROM 1 FOR 7),
    product.category
), sold AS (
  SELECT
    product_month.store_id,
    product_month.month,
    product.category,
    CAST(SUM(product_month.net_sales) AS DECIMAL(18, 2)) AS net_sales,
    CAST(SUM(product_month.cogs) AS DECIMAL(18, 2)) AS cogs,
    CAST(SUM(product_month.units) AS BIGINT) AS units,
    CAST(SUM(product_month.discounts) AS DECIMAL(18, 2)) AS discounts
  FROM mart.product_month
  INNER JOIN clean.product
    ON product.product_id = product_month.product_id
  GROUP BY
    product_month.store_id,
    product_month.month,
    product.category
)
SELECT
  sold.store_id,
  sold.month,
  sold.category,
  sold.net_sales,
  sold.cogs,
  sold.units,
  sold.discounts,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(missing.stockout_days, 0) END AS BIGINT) AS stockout_days,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(listed.product_days, 0) END AS BIGINT) AS product_days
FROM sold
LEFT JOIN stocked
  ON stocked.store_id = sold.store_id AND stocked.month = sold.month
LEFT JOIN missing
  ON missing.store_id = sold.store_id
  AND missing.month = sold.month
  AND missing.category = sold.category
LEFT JOIN listed
  ON listed.store_id = sold.store_id
  AND listed.month = sold.month
  AND listed.category = sold.category;

CREATE MATERIALIZED VIEW mart.store_date_hour
AUTO REFRESH NO
AS
WITH receipt_sum AS (
  SELECT
    store_id,
    business_date,
    local_hour,
    SUM(CASE WHEN kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(CASE WHEN kind = 'SALE' THEN net ELSE -net END) AS net_sales
  FROM clean.transaction
  GROUP BY
    store_id,
    business_date,
    local_hour
), visit_count AS (
  SELECT
    store_id,
    business_date,
    local_hour,
    COUNT(*) AS visitors,
    COUNT(transaction_id) AS visit_transactions
  FROM clean.visit
  GROUP BY
    store_id,
    business_date,
    local_hour
), either AS (
  SELECT
    store_id,
    business_date,
    local_hour
  FROM receipt_sum
  UNION
  SELECT
    store_id,
    business_date,
    local_hour
  FROM visit_count
), visits_of_all AS (
  SELECT
    COUNT(*) AS visits
  FROM clean.visit
)
SELECT
  either.store_id,
  either.business_date,
  CAST(either.local_hour AS INTEGER) AS hour,
  CAST(CASE WHEN visits_of_all.visits > 0 THEN COALESCE(visit_count.visitors, 0) END AS BIGINT) AS visitors,
  CAST(CASE
    WHEN visits_of_all.visits > 0
    THEN COALESCE(visit_count.visit_transactions, 0)
  END AS BIGINT) AS visit_transactions,
  CAST(COALESCE(receipt_sum.transactions, 0) AS BIGINT) AS transactions,
  CAST(COALESCE(receipt_sum.net_sales, 0) AS DECIMAL(18, 2)) AS net_sales
FROM either
CROSS JOIN visits_of_all
LEFT JOIN receipt_sum
  ON receipt_sum.store_id = either.store_id
  AND receipt_sum.business_date = either.business_date
  AND receipt_sum.local_hour = either.local_hour
LEFT JOIN visit_count
  ON visit_count.store_id = either.store_id
  AND visit_count.business_date = either.business_date
  AND visit_count.local_hour = either.local_hour;

CREATE MATERIALIZED VIEW mart.store_day
AUTO REFRESH NO
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
  UNION ALL
  SELECT
    6
  UNION ALL
  SELECT
    7
  UNION ALL
  SELECT
    8
  UNION ALL
  SELECT
    9
), whole_number AS (
  SELECT
    a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
  FROM digit AS a
  CROSS JOIN digit AS b
  CROSS JOIN digit AS c
  CROSS JOIN digit AS e
  CROSS JOIN digit AS f
), span AS (
  SELECT
    MIN(business_date) AS data_from,
    MAX(business_date) AS data_through
  FROM (
    SELECT
      business_date
    FROM clean.transaction_line
    UNION ALL
    SELECT
      business_date
    FROM clean.transaction
    UNION ALL
    SELECT
      business_date
    FROM clean.visit
  ) AS dated
), store_calendar AS (
  SELECT
    store.store_id,
    span.data_from + whole_number.n AS business_date
  FROM clean.store
  CROSS JOIN span
  INNER JOIN whole_number
    ON span.data_from + whole_number.n <= span.data_through
  WHERE
    (
      store.opened_on IS NULL OR span.data_from + whole_number.n >= store.opened_on
    )
    AND (
      store.closed_on IS NULL OR span.data_from + whole_number.n <= store.closed_on
    )
), line_sum AS (
  SELECT
    store_id,
    business_date,
    SUM(CASE WHEN kind = 'SALE' THEN gross ELSE 0 END) AS gross_sales,
    SUM(CASE WHEN kind = 'SALE' THEN discount ELSE 0 END) AS discounts,
    SUM(CASE WHEN kind = 'RETURN' THEN net ELSE 0 END) AS returns,
    SUM(CASE WHEN kind = 'SALE' THEN unit_cost * quantity ELSE -unit_cost * quantity END) AS cogs,
    SUM(CASE WHEN kind = 'SALE' THEN tax ELSE -tax END) AS tax,
    SUM(CASE WHEN kind = 'SALE' THEN quantity ELSE -quantity END) AS units
  FROM clean.transaction_line
  GROUP BY
    store_id,
    business_date
), receipt_count AS (
  SELECT
    store_id,
    business_date,
    SUM(CASE WHEN kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(CASE WHEN kind = 'RETURN' THEN 1 ELSE 0 END) AS return_transactions,
    SUM(CASE WHEN kind = 'SALE' AND channel = 'STORE' THEN 1 ELSE 0 END) AS in_store_sales
  FROM clean.transaction
  GROUP BY
    store_id,
    business_date
), visit_count AS (
  SELECT
    store_id,
    business_date,
    COUNT(*) AS visitors,
    COUNT(transaction_id) AS visit_transactions
  FROM clean.visit
  GROUP BY
    store_id,
    business_date
), visits_of_all AS (
  SELECT
    COUNT(*) AS visits
  FROM clean.visit
)
SELECT
  store_calendar.store_id,
  store_calendar.business_date,
  COALESCE(visit_count.visitors, 0) > 0
  OR COALESCE(receipt_count.in_store_sales, 0) > 0 AS is_open,
  CAST(COALESCE(line_sum.gross_sales, 0) AS DECIMAL(18, 2)) AS gross_sales,
  CAST(COALESCE(line_sum.discounts, 0) AS DECIMAL(18, 2)) AS discounts,
  CAST(COALESCE(line_sum.returns, 0) AS DECIMAL(18, 2)) AS returns,
  CAST(COALESCE(line_sum.gross_sales - line_sum.discounts - line_sum.returns, 0) AS DECIMAL(18, 2)) AS net_sales,
  CAST(line_sum.cogs AS DECIMAL(18, 2)) AS cogs,
  CAST(line_sum.tax AS DECIMAL(18, 2)) AS tax,
  CAST(COALESCE(receipt_count.transactions, 0) AS BIGINT) AS transactions,
  CAST(COALESCE(receipt_count.return_transactions, 0) AS BIGINT) AS return_transactions,
  CAST(CASE
    WHEN visits_of_all.visits > 0
    THEN COALESCE(visit_count.visit_transactions, 0)
  END AS BIGINT) AS visit_transactions,
  CAST(COALESCE(line_sum.units, 0) AS BIGINT) AS units,
  CAST(CASE WHEN visits_of_all.visits > 0 THEN COALESCE(visit_count.visitors, 0) END AS BIGINT) AS visitors
FROM store_calendar
CROSS JOIN visits_of_all
LEFT JOIN line_sum
  ON line_sum.store_id = store_calendar.store_id
  AND line_sum.business_date = store_calendar.business_date
LEFT JOIN receipt_count
  ON receipt_count.store_id = store_calendar.store_id
  AND receipt_count.business_date = store_calendar.business_date
LEFT JOIN visit_count
  ON visit_count.store_id = store_calendar.store_id
  AND visit_count.business_date = store_calendar.business_date;

CREATE MATERIALIZED VIEW mart.store_hour
AUTO REFRESH NO
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
  UNION ALL
  SELECT
    6
  UNION ALL
  SELECT
    7
  UNION ALL
  SELECT
    8
  UNION ALL
  SELECT
    9
), whole_number AS (
  SELECT
    a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
  FROM digit AS a
  CROSS JOIN digit AS b
  CROSS JOIN digit AS c
  CROSS JOIN digit AS e
  CROSS JOIN digit AS f
), span AS (
  SELECT
    MIN(business_date) AS data_from,
    MAX(business_date) AS data_through
  FROM mart.store_day
), calendar AS (
  SELECT
    CAST('1900-01-01' AS DATE) + whole_number.n AS business_date,
    CAST(whole_number.n % 7 + 1 AS INTEGER) AS weekday
  FROM whole_number
  CROSS JOIN span
  WHERE
    CAST('1900-01-01' AS DATE) + whole_number.n >= span.data_from
    AND CAST('1900-01-01' AS DATE) + whole_number.n <= span.data_through
), open_day_count AS (
  SELECT
    store_day.store_id,
    SUBSTRING(CAST(store_day.business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    calendar.weekday,
    COUNT(*) AS occurrences
  FROM mart.store_day
  INNER JOIN calendar
    ON calendar.business_date = store_day.business_date
  WHERE
    store_day.is_open
  GROUP BY
    store_day.store_id,
    SUBSTRING(CAST(store_day.business_date AS VARCHAR(10)) FROM 1 FOR 7),
    calendar.weekday
), hour_sum AS (
  SELECT
    store_date_hour.store_id,
    SUBSTRING(CAST(store_date_hour.business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
    calendar.weekday,
    store_date_hour.hour,
    SUM(store_date_hour.visitors) AS visitors,
    SUM(store_date_hour.visit_transactions) AS visit_transactions,
    SUM(store_date_hour.transactions) AS transactions,
    SUM(store_date_hour.net_sales) AS net_sales
  FROM mart.store_date_hour
  INNER JOIN calendar
    ON calendar.business_date = store_date_hour.business_date
  GROUP BY
    store_date_hour.store_id,
    SUBSTRING(CAST(store_date_hour.business_date AS VARCHAR(10)) FROM 1 FOR 7),
    calendar.weekday,
    store_date_hour.hour
)
SELECT
  hour_sum.store_id,
  hour_sum.month,
  hour_sum.weekday,
  hour_sum.hour,
  CAST(COALESCE(open_day_count.occurrences, 0) AS BIGINT) AS occurrences,
  CAST(hour_sum.visitors AS BIGINT) AS visitors,
  CAST(hour_sum.visit_transactions AS BIGINT) AS visit_transactions,
  CAST(hour_sum.transactions AS BIGINT) AS transactions,
  CAST(hour_sum.net_sales AS DECIMAL(18, 2)) AS net_sales
FROM hour_sum
LEFT JOIN open_day_count
  ON open_day_count.store_id = hour_sum.store_id
  AND open_day_count.month = hour_sum.month
  AND open_day_count.weekday = hour_sum.weekday;

CREATE MATERIALIZED VIEW mart.store_month
AUTO REFRESH NO
AS
SELECT
  store_id,
  SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7) AS month,
  CAST(SUM(CASE WHEN is_open THEN 1 ELSE 0 END) AS BIGINT) AS open_days,
  CAST(SUM(gross_sales) AS DECIMAL(18, 2)) AS gross_sales,
  CAST(SUM(discounts) AS DECIMAL(18, 2)) AS discounts,
  CAST(SUM(returns) AS DECIMAL(18, 2)) AS returns,
  CAST(SUM(net_sales) AS DECIMAL(18, 2)) AS net_sales,
  CAST(SUM(cogs) AS DECIMAL(18, 2)) AS cogs,
  CAST(SUM(tax) AS DECIMAL(18, 2)) AS tax,
  CAST(SUM(transactions) AS BIGINT) AS transactions,
  CAST(SUM(return_transactions) AS BIGINT) AS return_transactions,
  CAST(SUM(visit_transactions) AS BIGINT) AS visit_transactions,
  CAST(SUM(units) AS BIGINT) AS units,
  CAST(SUM(visitors) AS BIGINT) AS visitors
FROM mart.store_day
GROUP BY
  store_id,
  SUBSTRING(CAST(business_date AS VARCHAR(10)) FROM 1 FOR 7);
