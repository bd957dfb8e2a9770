-- The KPI tables as views of Amazon Athena, over the external tables of tables.sql. Made by
-- `make docs` from sql/gold; change that instead. Athena runs one statement at a time.
--
-- A view is computed when it is asked; retailsim_gold has the same rows ready made.

CREATE DATABASE IF NOT EXISTS retailsim_mart;

CREATE DATABASE IF NOT EXISTS retailsim_delivered;

CREATE OR REPLACE VIEW retailsim_delivered.raw_row
AS
SELECT
  'store' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.store
UNION ALL
SELECT
  'product' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.product
UNION ALL
SELECT
  'price' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.price
UNION ALL
SELECT
  'promotion' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.promotion
UNION ALL
SELECT
  'promotion_product' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.promotion_product
UNION ALL
SELECT
  'customer' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM retailsim_raw.customer
UNION ALL
SELECT
  'transaction' AS table_name,
  feed_date AS feed_date
FROM retailsim_raw.transaction
UNION ALL
SELECT
  'transaction_line' AS table_name,
  feed_date AS feed_date
FROM retailsim_raw.transaction_line
UNION ALL
SELECT
  'visit' AS table_name,
  feed_date AS feed_date
FROM retailsim_raw.visit
UNION ALL
SELECT
  'inventory_day' AS table_name,
  feed_date AS feed_date
FROM retailsim_raw.inventory_day
UNION ALL
SELECT
  'weather_day' AS table_name,
  feed_date AS feed_date
FROM retailsim_raw.weather_day;

CREATE OR REPLACE VIEW retailsim_delivered.quarantine
AS
SELECT
  REVERSE(SPLIT_PART(SPLIT_PART(REVERSE("$path"), '=egats/', 2), '/', 1)) AS table_name,
  SPLIT_PART(REVERSE(SPLIT_PART(REVERSE("$path"), '=egats/', 1)), '/', 1) AS stage,
  feed_date,
  rule
FROM retailsim_lake.quarantine;

CREATE OR REPLACE VIEW retailsim_delivered.findings
AS
SELECT
  REVERSE(SPLIT_PART(SPLIT_PART(REVERSE("$path"), '=egats/', 2), '/', 1)) AS table_name,
  SPLIT_PART(REVERSE(SPLIT_PART(REVERSE("$path"), '=egats/', 1)), '/', 1) AS stage,
  feed_date,
  rule,
  outcome
FROM retailsim_lake.findings;

CREATE OR REPLACE VIEW retailsim_mart.basket_size_month
AS
WITH line_count AS (
  SELECT
    transaction_line.transaction_id AS transaction_id,
    COUNT(*) AS line_total
  FROM retailsim_clean.transaction_line AS transaction_line
  GROUP BY
    transaction_line.transaction_id
), sale AS (
  SELECT
    transaction.store_id AS store_id,
    SUBSTR(CAST(transaction.business_date AS VARCHAR(10)), 1, 7) AS month,
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
  FROM retailsim_clean.transaction AS transaction
  INNER JOIN line_count AS line_count
    ON line_count.transaction_id = transaction.transaction_id
  WHERE
    transaction.kind = 'SALE'
)
SELECT
  sale.store_id AS store_id,
  sale.month AS month,
  sale.lines_bucket AS lines_bucket,
  CAST(COUNT(*) AS BIGINT) AS transactions
FROM sale AS sale
GROUP BY
  sale.store_id,
  sale.month,
  sale.lines_bucket;

CREATE OR REPLACE VIEW retailsim_mart.customer_month
AS
WITH buyer AS (
  SELECT DISTINCT
    transaction.store_id AS store_id,
    SUBSTR(CAST(transaction.business_date AS VARCHAR(10)), 1, 7) AS month,
    transaction.customer_id AS customer_id
  FROM retailsim_clean.transaction AS transaction
  WHERE
    transaction.kind = 'SALE' AND NOT transaction.customer_id IS NULL
), first_purchase AS (
  SELECT
    buyer.customer_id AS customer_id,
    MIN(buyer.month) AS month
  FROM buyer AS buyer
  GROUP BY
    buyer.customer_id
)
SELECT
  buyer.store_id AS store_id,
  buyer.month AS month,
  CAST(SUM(CASE WHEN first_purchase.month = buyer.month THEN 1 ELSE 0 END) AS BIGINT) AS new_customers,
  CAST(SUM(CASE WHEN first_purchase.month < buyer.month THEN 1 ELSE 0 END) AS BIGINT) AS returning_customers
FROM buyer AS buyer
INNER JOIN first_purchase AS first_purchase
  ON first_purchase.customer_id = buyer.customer_id
GROUP BY
  buyer.store_id,
  buyer.month;

CREATE OR REPLACE VIEW retailsim_mart.customer_rfm
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1 AS "1"
  UNION ALL
  SELECT
    2 AS "2"
  UNION ALL
  SELECT
    3 AS "3"
  UNION ALL
  SELECT
    4 AS "4"
  UNION ALL
  SELECT
    5 AS "5"
  UNION ALL
  SELECT
    6 AS "6"
  UNION ALL
  SELECT
    7 AS "7"
  UNION ALL
  SELECT
    8 AS "8"
  UNION ALL
  SELECT
    9 AS "9"
), calendar AS (
  SELECT
    whole_number.n AS day_number,
    DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) AS business_date
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
    MAX(dated.business_date) AS data_through
  FROM (
    SELECT
      transaction_line.business_date AS business_date
    FROM retailsim_clean.transaction_line AS transaction_line
    UNION ALL
    SELECT
      transaction.business_date AS business_date
    FROM retailsim_clean.transaction AS transaction
    UNION ALL
    SELECT
      visit.business_date AS business_date
    FROM retailsim_clean.visit AS visit
  ) AS dated
), customer_sum AS (
  SELECT
    transaction.customer_id AS customer_id,
    MAX(CASE WHEN transaction.kind = 'SALE' THEN transaction.business_date END) AS last_sale_on,
    SUM(CASE WHEN transaction.kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(
      CASE WHEN transaction.kind = 'SALE' THEN transaction.net ELSE -transaction.net END
    ) AS net_sales
  FROM retailsim_clean.transaction AS transaction
  WHERE
    NOT transaction.customer_id IS NULL
  GROUP BY
    transaction.customer_id
), buyer AS (
  SELECT
    customer_sum.customer_id AS customer_id,
    last_day.day_number - last_sale.day_number AS recency_days,
    customer_sum.transactions AS transactions,
    customer_sum.net_sales AS net_sales
  FROM customer_sum AS customer_sum
  CROSS JOIN span AS span
  INNER JOIN calendar AS last_sale
    ON last_sale.business_date = customer_sum.last_sale_on
  INNER JOIN calendar AS last_day
    ON last_day.business_date = span.data_through
  WHERE
    customer_sum.transactions > 0
), ranked AS (
  SELECT
    buyer.customer_id AS customer_id,
    buyer.recency_days AS recency_days,
    buyer.transactions AS transactions,
    buyer.net_sales AS net_sales,
    5 * (
      RANK() OVER (ORDER BY buyer.recency_days DESC NULLS FIRST) - 1
    ) AS worse_recency,
    5 * (
      RANK() OVER (ORDER BY buyer.transactions) - 1
    ) AS worse_transactions,
    5 * (
      RANK() OVER (ORDER BY buyer.net_sales) - 1
    ) AS worse_net_sales,
    COUNT(*) OVER () AS customers
  FROM buyer AS buyer
)
SELECT
  ranked.customer_id AS customer_id,
  CAST(ranked.recency_days AS BIGINT) AS recency_days,
  CAST(ranked.transactions AS BIGINT) AS transactions,
  CAST(ranked.net_sales AS DECIMAL(18, 2)) AS net_sales,
  CASE
    WHEN ranked.worse_recency >= 3 * ranked.customers
    AND ranked.worse_transactions >= 3 * ranked.customers
    AND ranked.worse_net_sales >= 3 * ranked.customers
    THEN 'CHAMPION'
    WHEN ranked.worse_recency >= 2 * ranked.customers
    AND ranked.worse_transactions >= 2 * ranked.customers
    THEN 'LOYAL'
    WHEN ranked.worse_recency >= 3 * ranked.customers
    THEN 'NEW'
    WHEN ranked.worse_recency < 2 * ranked.customers
    AND ranked.worse_transactions >= 2 * ranked.customers
    THEN 'AT_RISK'
    WHEN ranked.worse_recency < 2 * ranked.customers
    THEN 'LOST'
    ELSE 'OTHER'
  END AS segment
FROM ranked AS ranked;

CREATE OR REPLACE VIEW retailsim_mart.data_quality_day
AS
WITH event AS (
  SELECT
    raw_row.table_name AS table_name,
    raw_row.feed_date AS feed_date,
    'delivered' AS rule,
    1 AS rows_in,
    1 AS accepted,
    0 AS repaired,
    0 AS quarantined,
    0 AS duplicates
  FROM retailsim_delivered.raw_row AS raw_row
  UNION ALL
  SELECT
    quarantine.table_name AS table_name,
    quarantine.feed_date AS feed_date,
    'delivered' AS delivered,
    1 AS "1",
    0 AS "0",
    0 AS "0",
    0 AS "0",
    0 AS "0"
  FROM retailsim_delivered.quarantine AS quarantine
  WHERE
    quarantine.stage = 'validate'
  UNION ALL
  SELECT
    quarantine.table_name AS table_name,
    quarantine.feed_date AS feed_date,
    'delivered' AS delivered,
    0 AS "0",
    -1 AS _col_4,
    0 AS "0",
    0 AS "0",
    0 AS "0"
  FROM retailsim_delivered.quarantine AS quarantine
  WHERE
    quarantine.stage = 'clean'
  UNION ALL
  SELECT
    findings.table_name AS table_name,
    findings.feed_date AS feed_date,
    'delivered' AS delivered,
    0 AS "0",
    -1 AS _col_4,
    0 AS "0",
    0 AS "0",
    0 AS "0"
  FROM retailsim_delivered.findings AS findings
  WHERE
    findings.outcome = 'DUPLICATE'
  UNION ALL
  SELECT
    quarantine.table_name AS table_name,
    quarantine.feed_date AS feed_date,
    quarantine.rule AS rule,
    0 AS "0",
    0 AS "0",
    0 AS "0",
    1 AS "1",
    0 AS "0"
  FROM retailsim_delivered.quarantine AS quarantine
  UNION ALL
  SELECT
    findings.table_name AS table_name,
    findings.feed_date AS feed_date,
    findings.rule AS rule,
    0 AS "0",
    0 AS "0",
    CASE WHEN findings.outcome = 'REPAIRED' THEN 1 ELSE 0 END AS _col_5,
    0 AS "0",
    CASE WHEN findings.outcome = 'DUPLICATE' THEN 1 ELSE 0 END AS _col_7
  FROM retailsim_delivered.findings AS findings
  WHERE
    findings.outcome IN ('REPAIRED', 'DUPLICATE')
)
SELECT
  event.table_name AS table_name,
  event.feed_date AS feed_date,
  event.rule AS rule,
  CAST(SUM(event.rows_in) AS BIGINT) AS rows_in,
  CAST(SUM(event.accepted) AS BIGINT) AS accepted,
  CAST(SUM(event.repaired) AS BIGINT) AS repaired,
  CAST(SUM(event.quarantined) AS BIGINT) AS quarantined,
  CAST(SUM(event.duplicates) AS BIGINT) AS duplicates
FROM event AS event
GROUP BY
  event.table_name,
  event.feed_date,
  event.rule;

CREATE OR REPLACE VIEW retailsim_mart.product_month
AS
WITH open_day AS (
  SELECT
    visit.store_id AS store_id,
    visit.business_date AS business_date
  FROM retailsim_clean.visit AS visit
  UNION
  SELECT
    transaction.store_id AS store_id,
    transaction.business_date AS business_date
  FROM retailsim_clean.transaction AS transaction
  WHERE
    transaction.kind = 'SALE' AND transaction.channel = 'STORE'
), stocked AS (
  SELECT DISTINCT
    inventory_day.store_id AS store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7) AS month
  FROM retailsim_clean.inventory_day AS inventory_day
), listed AS (
  SELECT
    stocked.store_id AS store_id,
    stocked.month AS month,
    product.product_id AS product_id,
    COUNT(*) AS product_days
  FROM stocked AS stocked
  INNER JOIN open_day AS open_day
    ON open_day.store_id = stocked.store_id
    AND SUBSTR(CAST(open_day.business_date AS VARCHAR(10)), 1, 7) = stocked.month
  INNER JOIN retailsim_clean.product AS product
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
    inventory_day.store_id AS store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7) AS month,
    inventory_day.product_id AS product_id,
    COUNT(*) AS stockout_days
  FROM retailsim_clean.inventory_day AS inventory_day
  WHERE
    inventory_day.minutes_out_of_stock > 0
  GROUP BY
    inventory_day.store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7),
    inventory_day.product_id
), sold AS (
  SELECT
    transaction_line.store_id AS store_id,
    SUBSTR(CAST(transaction_line.business_date AS VARCHAR(10)), 1, 7) AS month,
    transaction_line.product_id AS product_id,
    CAST(SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.net
        ELSE -transaction_line.net
      END
    ) AS DECIMAL(18, 2)) AS net_sales,
    CAST(SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.unit_cost * transaction_line.quantity
        ELSE -transaction_line.unit_cost * transaction_line.quantity
      END
    ) AS DECIMAL(18, 2)) AS cogs,
    CAST(SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.quantity
        ELSE -transaction_line.quantity
      END
    ) AS BIGINT) AS units,
    CAST(SUM(
      CASE WHEN transaction_line.kind = 'SALE' THEN transaction_line.discount ELSE 0 END
    ) AS DECIMAL(18, 2)) AS discounts
  FROM retailsim_clean.transaction_line AS transaction_line
  GROUP BY
    transaction_line.store_id,
    SUBSTR(CAST(transaction_line.business_date AS VARCHAR(10)), 1, 7),
    transaction_line.product_id
)
SELECT
  sold.store_id AS store_id,
  sold.month AS month,
  sold.product_id AS product_id,
  sold.net_sales AS net_sales,
  sold.cogs AS cogs,
  sold.units AS units,
  sold.discounts AS discounts,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(missing.stockout_days, 0) END AS BIGINT) AS stockout_days,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(listed.product_days, 0) END AS BIGINT) AS product_days
FROM sold AS sold
LEFT JOIN stocked AS stocked
  ON stocked.store_id = sold.store_id AND stocked.month = sold.month
LEFT JOIN missing AS missing
  ON missing.store_id = sold.store_id
  AND missing.month = sold.month
  AND missing.product_id = sold.product_id
LEFT JOIN listed AS listed
  ON listed.store_id = sold.store_id
  AND listed.month = sold.month
  AND listed.product_id = sold.product_id;

CREATE OR REPLACE VIEW retailsim_mart.promotion_result
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1 AS "1"
  UNION ALL
  SELECT
    2 AS "2"
  UNION ALL
  SELECT
    3 AS "3"
  UNION ALL
  SELECT
    4 AS "4"
  UNION ALL
  SELECT
    5 AS "5"
  UNION ALL
  SELECT
    6 AS "6"
  UNION ALL
  SELECT
    7 AS "7"
  UNION ALL
  SELECT
    8 AS "8"
  UNION ALL
  SELECT
    9 AS "9"
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
    MIN(dated.business_date) AS data_from,
    MAX(dated.business_date) AS data_through
  FROM (
    SELECT
      transaction_line.business_date AS business_date
    FROM retailsim_clean.transaction_line AS transaction_line
    UNION ALL
    SELECT
      transaction.business_date AS business_date
    FROM retailsim_clean.transaction AS transaction
    UNION ALL
    SELECT
      visit.business_date AS business_date
    FROM retailsim_clean.visit AS visit
  ) AS dated
), week AS (
  SELECT
    DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) AS monday
  FROM whole_number AS whole_number
  CROSS JOIN span AS span
  WHERE
    whole_number.n % 7 = 0
    AND DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) >= span.data_from
    AND DATE_ADD('DAY', 6, DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE))) <= span.data_through
), week_day AS (
  SELECT
    week.monday AS monday,
    DATE_ADD('DAY', digit.d, week.monday) AS business_date
  FROM week AS week
  CROSS JOIN digit AS digit
  WHERE
    digit.d < 7
), product_week AS (
  SELECT
    transaction_line.product_id AS product_id,
    week_day.monday AS monday,
    SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.quantity
        ELSE -transaction_line.quantity
      END
    ) AS units,
    SUM(
      CASE WHEN transaction_line.kind = 'SALE' THEN transaction_line.discount ELSE 0 END
    ) AS discount,
    SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.net
        ELSE -transaction_line.net
      END
    ) AS net_sales,
    COUNT(transaction_line.promo_id) AS promoted_lines
  FROM retailsim_clean.transaction_line AS transaction_line
  INNER JOIN week_day AS week_day
    ON week_day.business_date = transaction_line.business_date
  GROUP BY
    transaction_line.product_id,
    week_day.monday
), covered AS (
  SELECT
    promotion.promo_id AS promo_id,
    promotion_product.product_id AS product_id,
    week.monday AS monday
  FROM retailsim_clean.promotion AS promotion
  INNER JOIN retailsim_clean.promotion_product AS promotion_product
    ON promotion_product.promo_id = promotion.promo_id
  INNER JOIN week AS week
    ON week.monday <= promotion.ends_on
    AND DATE_ADD('DAY', 6, week.monday) >= promotion.starts_on
  WHERE
    promotion.starts_on <= promotion.ends_on
), on_promotion AS (
  SELECT
    covered.promo_id AS promo_id,
    covered.product_id AS product_id,
    COUNT(*) AS weeks_on,
    SUM(COALESCE(product_week.units, 0)) AS units_on,
    SUM(COALESCE(product_week.discount, 0)) AS discount,
    SUM(COALESCE(product_week.net_sales, 0)) AS net_sales
  FROM covered AS covered
  LEFT JOIN product_week AS product_week
    ON product_week.product_id = covered.product_id
    AND product_week.monday = covered.monday
  GROUP BY
    covered.promo_id,
    covered.product_id
), promoted_product AS (
  SELECT DISTINCT
    covered.product_id AS product_id
  FROM covered AS covered
), busy AS (
  SELECT
    covered.product_id AS product_id,
    covered.monday AS monday
  FROM covered AS covered
  UNION
  SELECT
    product_week.product_id AS product_id,
    product_week.monday AS monday
  FROM product_week AS product_week
  WHERE
    product_week.promoted_lines > 0
), free_week AS (
  SELECT
    promoted_product.product_id AS product_id,
    week.monday AS monday,
    COALESCE(product_week.units, 0) AS units
  FROM promoted_product AS promoted_product
  INNER JOIN retailsim_clean.product AS product
    ON product.product_id = promoted_product.product_id
  CROSS JOIN week AS week
  LEFT JOIN product_week AS product_week
    ON product_week.product_id = promoted_product.product_id
    AND product_week.monday = week.monday
  LEFT JOIN busy AS busy
    ON busy.product_id = promoted_product.product_id AND busy.monday = week.monday
  WHERE
    busy.product_id IS NULL
    AND (
      product.launched_on IS NULL OR week.monday >= product.launched_on
    )
), week_before AS (
  SELECT
    on_promotion.promo_id AS promo_id,
    on_promotion.product_id AS product_id,
    free_week.units AS units,
    ROW_NUMBER() OVER (
      PARTITION BY on_promotion.promo_id, on_promotion.product_id
      ORDER BY free_week.monday DESC NULLS FIRST
    ) AS place
  FROM on_promotion AS on_promotion
  INNER JOIN retailsim_clean.promotion AS promotion
    ON promotion.promo_id = on_promotion.promo_id
  INNER JOIN free_week AS free_week
    ON free_week.product_id = on_promotion.product_id
    AND DATE_ADD('DAY', 6, free_week.monday) < promotion.starts_on
), baseline AS (
  SELECT
    week_before.promo_id AS promo_id,
    week_before.product_id AS product_id,
    SUM(week_before.units) AS units,
    COUNT(*) AS weeks
  FROM week_before AS week_before
  WHERE
    week_before.place <= 4
  GROUP BY
    week_before.promo_id,
    week_before.product_id
)
SELECT
  on_promotion.promo_id AS promo_id,
  on_promotion.product_id AS product_id,
  CAST(on_promotion.weeks_on AS BIGINT) AS weeks_on,
  CAST(on_promotion.units_on AS BIGINT) AS units_on,
  CAST(1.00 * baseline.units * on_promotion.weeks_on / baseline.weeks AS DECIMAL(18, 2)) AS units_baseline,
  CAST(on_promotion.discount AS DECIMAL(18, 2)) AS discount,
  CAST(on_promotion.net_sales AS DECIMAL(18, 2)) AS net_sales
FROM on_promotion AS on_promotion
LEFT JOIN baseline AS baseline
  ON baseline.promo_id = on_promotion.promo_id
  AND baseline.product_id = on_promotion.product_id;

CREATE OR REPLACE VIEW retailsim_mart.store_category_month
AS
WITH open_day AS (
  SELECT
    visit.store_id AS store_id,
    visit.business_date AS business_date
  FROM retailsim_clean.visit AS visit
  UNION
  SELECT
    transaction.store_id AS store_id,
    transaction.business_date AS business_date
  FROM retailsim_clean.transaction AS transaction
  WHERE
    transaction.kind = 'SALE' AND transaction.channel = 'STORE'
), stocked AS (
  SELECT DISTINCT
    inventory_day.store_id AS store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7) AS month
  FROM retailsim_clean.inventory_day AS inventory_day
), listed AS (
  SELECT
    stocked.store_id AS store_id,
    stocked.month AS month,
    product.category AS category,
    COUNT(*) AS product_days
  FROM stocked AS stocked
  INNER JOIN open_day AS open_day
    ON open_day.store_id = stocked.store_id
    AND SUBSTR(CAST(open_day.business_date AS VARCHAR(10)), 1, 7) = stocked.month
  INNER JOIN retailsim_clean.product AS product
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
    inventory_day.store_id AS store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7) AS month,
    product.category AS category,
    COUNT(*) AS stockout_days
  FROM retailsim_clean.inventory_day AS inventory_day
  INNER JOIN retailsim_clean.product AS product
    ON product.product_id = inventory_day.product_id
  WHERE
    inventory_day.minutes_out_of_stock > 0
  GROUP BY
    inventory_day.store_id,
    SUBSTR(CAST(inventory_day.business_date AS VARCHAR(10)), 1, 7),
    product.category
), sold AS (
  SELECT
    product_month.store_id AS store_id,
    product_month.month AS month,
    product.category AS category,
    CAST(SUM(product_month.net_sales) AS DECIMAL(18, 2)) AS net_sales,
    CAST(SUM(product_month.cogs) AS DECIMAL(18, 2)) AS cogs,
    CAST(SUM(product_month.units) AS BIGINT) AS units,
    CAST(SUM(product_month.discounts) AS DECIMAL(18, 2)) AS discounts
  FROM retailsim_mart.product_month AS product_month
  INNER JOIN retailsim_clean.product AS product
    ON product.product_id = product_month.product_id
  GROUP BY
    product_month.store_id,
    product_month.month,
    product.category
)
SELECT
  sold.store_id AS store_id,
  sold.month AS month,
  sold.category AS category,
  sold.net_sales AS net_sales,
  sold.cogs AS cogs,
  sold.units AS units,
  sold.discounts AS discounts,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(missing.stockout_days, 0) END AS BIGINT) AS stockout_days,
  CAST(CASE WHEN NOT stocked.store_id IS NULL THEN COALESCE(listed.product_days, 0) END AS BIGINT) AS product_days
FROM sold AS sold
LEFT JOIN stocked AS stocked
  ON stocked.store_id = sold.store_id AND stocked.month = sold.month
LEFT JOIN missing AS missing
  ON missing.store_id = sold.store_id
  AND missing.month = sold.month
  AND missing.category = sold.category
LEFT JOIN listed AS listed
  ON listed.store_id = sold.store_id
  AND listed.month = sold.month
  AND listed.category = sold.category;

CREATE OR REPLACE VIEW retailsim_mart.store_date_hour
AS
WITH receipt_sum AS (
  SELECT
    transaction.store_id AS store_id,
    transaction.business_date AS business_date,
    transaction.local_hour AS local_hour,
    SUM(CASE WHEN transaction.kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(
      CASE WHEN transaction.kind = 'SALE' THEN transaction.net ELSE -transaction.net END
    ) AS net_sales
  FROM retailsim_clean.transaction AS transaction
  GROUP BY
    transaction.store_id,
    transaction.business_date,
    transaction.local_hour
), visit_count AS (
  SELECT
    visit.store_id AS store_id,
    visit.business_date AS business_date,
    visit.local_hour AS local_hour,
    COUNT(*) AS visitors,
    COUNT(visit.transaction_id) AS visit_transactions
  FROM retailsim_clean.visit AS visit
  GROUP BY
    visit.store_id,
    visit.business_date,
    visit.local_hour
), either AS (
  SELECT
    receipt_sum.store_id AS store_id,
    receipt_sum.business_date AS business_date,
    receipt_sum.local_hour AS local_hour
  FROM receipt_sum AS receipt_sum
  UNION
  SELECT
    visit_count.store_id AS store_id,
    visit_count.business_date AS business_date,
    visit_count.local_hour AS local_hour
  FROM visit_count AS visit_count
), visits_of_all AS (
  SELECT
    COUNT(*) AS visits
  FROM retailsim_clean.visit AS visit
)
SELECT
  either.store_id AS store_id,
  either.business_date AS business_date,
  CAST(either.local_hour AS INTEGER) AS hour,
  CAST(CASE WHEN visits_of_all.visits > 0 THEN COALESCE(visit_count.visitors, 0) END AS BIGINT) AS visitors,
  CAST(CASE
    WHEN visits_of_all.visits > 0
    THEN COALESCE(visit_count.visit_transactions, 0)
  END AS BIGINT) AS visit_transactions,
  CAST(COALESCE(receipt_sum.transactions, 0) AS BIGINT) AS transactions,
  CAST(COALESCE(receipt_sum.net_sales, 0) AS DECIMAL(18, 2)) AS net_sales
FROM either AS either
CROSS JOIN visits_of_all AS visits_of_all
LEFT JOIN receipt_sum AS receipt_sum
  ON receipt_sum.store_id = either.store_id
  AND receipt_sum.business_date = either.business_date
  AND receipt_sum.local_hour = either.local_hour
LEFT JOIN visit_count AS visit_count
  ON visit_count.store_id = either.store_id
  AND visit_count.business_date = either.business_date
  AND visit_count.local_hour = either.local_hour;

CREATE OR REPLACE VIEW retailsim_mart.store_day
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1 AS "1"
  UNION ALL
  SELECT
    2 AS "2"
  UNION ALL
  SELECT
    3 AS "3"
  UNION ALL
  SELECT
    4 AS "4"
  UNION ALL
  SELECT
    5 AS "5"
  UNION ALL
  SELECT
    6 AS "6"
  UNION ALL
  SELECT
    7 AS "7"
  UNION ALL
  SELECT
    8 AS "8"
  UNION ALL
  SELECT
    9 AS "9"
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
    MIN(dated.business_date) AS data_from,
    MAX(dated.business_date) AS data_through
  FROM (
    SELECT
      transaction_line.business_date AS business_date
    FROM retailsim_clean.transaction_line AS transaction_line
    UNION ALL
    SELECT
      transaction.business_date AS business_date
    FROM retailsim_clean.transaction AS transaction
    UNION ALL
    SELECT
      visit.business_date AS business_date
    FROM retailsim_clean.visit AS visit
  ) AS dated
), store_calendar AS (
  SELECT
    store.store_id AS store_id,
    DATE_ADD('DAY', whole_number.n, span.data_from) AS business_date
  FROM retailsim_clean.store AS store
  CROSS JOIN span AS span
  INNER JOIN whole_number AS whole_number
    ON DATE_ADD('DAY', whole_number.n, span.data_from) <= span.data_through
  WHERE
    (
      store.opened_on IS NULL
      OR DATE_ADD('DAY', whole_number.n, span.data_from) >= store.opened_on
    )
    AND (
      store.closed_on IS NULL
      OR DATE_ADD('DAY', whole_number.n, span.data_from) <= store.closed_on
    )
), line_sum AS (
  SELECT
    transaction_line.store_id AS store_id,
    transaction_line.business_date AS business_date,
    SUM(CASE WHEN transaction_line.kind = 'SALE' THEN transaction_line.gross ELSE 0 END) AS gross_sales,
    SUM(
      CASE WHEN transaction_line.kind = 'SALE' THEN transaction_line.discount ELSE 0 END
    ) AS discounts,
    SUM(CASE WHEN transaction_line.kind = 'RETURN' THEN transaction_line.net ELSE 0 END) AS returns,
    SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.unit_cost * transaction_line.quantity
        ELSE -transaction_line.unit_cost * transaction_line.quantity
      END
    ) AS cogs,
    SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.tax
        ELSE -transaction_line.tax
      END
    ) AS tax,
    SUM(
      CASE
        WHEN transaction_line.kind = 'SALE'
        THEN transaction_line.quantity
        ELSE -transaction_line.quantity
      END
    ) AS units
  FROM retailsim_clean.transaction_line AS transaction_line
  GROUP BY
    transaction_line.store_id,
    transaction_line.business_date
), receipt_count AS (
  SELECT
    transaction.store_id AS store_id,
    transaction.business_date AS business_date,
    SUM(CASE WHEN transaction.kind = 'SALE' THEN 1 ELSE 0 END) AS transactions,
    SUM(CASE WHEN transaction.kind = 'RETURN' THEN 1 ELSE 0 END) AS return_transactions,
    SUM(
      CASE
        WHEN transaction.kind = 'SALE' AND transaction.channel = 'STORE'
        THEN 1
        ELSE 0
      END
    ) AS in_store_sales
  FROM retailsim_clean.transaction AS transaction
  GROUP BY
    transaction.store_id,
    transaction.business_date
), visit_count AS (
  SELECT
    visit.store_id AS store_id,
    visit.business_date AS business_date,
    COUNT(*) AS visitors,
    COUNT(visit.transaction_id) AS visit_transactions
  FROM retailsim_clean.visit AS visit
  GROUP BY
    visit.store_id,
    visit.business_date
), visits_of_all AS (
  SELECT
    COUNT(*) AS visits
  FROM retailsim_clean.visit AS visit
)
SELECT
  store_calendar.store_id AS store_id,
  store_calendar.business_date AS business_date,
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
FROM store_calendar AS store_calendar
CROSS JOIN visits_of_all AS visits_of_all
LEFT JOIN line_sum AS line_sum
  ON line_sum.store_id = store_calendar.store_id
  AND line_sum.business_date = store_calendar.business_date
LEFT JOIN receipt_count AS receipt_count
  ON receipt_count.store_id = store_calendar.store_id
  AND receipt_count.business_date = store_calendar.business_date
LEFT JOIN visit_count AS visit_count
  ON visit_count.store_id = store_calendar.store_id
  AND visit_count.business_date = store_calendar.business_date;

CREATE OR REPLACE VIEW retailsim_mart.store_hour
AS
WITH digit AS (
  SELECT
    0 AS d
  UNION ALL
  SELECT
    1 AS "1"
  UNION ALL
  SELECT
    2 AS "2"
  UNION ALL
  SELECT
    3 AS "3"
  UNION ALL
  SELECT
    4 AS "4"
  UNION ALL
  SELECT
    5 AS "5"
  UNION ALL
  SELECT
    6 AS "6"
  UNION ALL
  SELECT
    7 AS "7"
  UNION ALL
  SELECT
    8 AS "8"
  UNION ALL
  SELECT
    9 AS "9"
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
    MIN(store_day.business_date) AS data_from,
    MAX(store_day.business_date) AS data_through
  FROM retailsim_mart.store_day AS store_day
), calendar AS (
  SELECT
    DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) AS business_date,
    CAST(whole_number.n % 7 + 1 AS INTEGER) AS weekday
  FROM whole_number AS whole_number
  CROSS JOIN span AS span
  WHERE
    DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) >= span.data_from
    AND DATE_ADD('DAY', whole_number.n, CAST('1900-01-01' AS DATE)) <= span.data_through
), open_day_count AS (
  SELECT
    store_day.store_id AS store_id,
    SUBSTR(CAST(store_day.business_date AS VARCHAR(10)), 1, 7) AS month,
    calendar.weekday AS weekday,
    COUNT(*) AS occurrences
  FROM retailsim_mart.store_day AS store_day
  INNER JOIN calendar AS calendar
    ON calendar.business_date = store_day.business_date
  WHERE
    store_day.is_open
  GROUP BY
    store_day.store_id,
    SUBSTR(CAST(store_day.business_date AS VARCHAR(10)), 1, 7),
    calendar.weekday
), hour_sum AS (
  SELECT
    store_date_hour.store_id AS store_id,
    SUBSTR(CAST(store_date_hour.business_date AS VARCHAR(10)), 1, 7) AS month,
    calendar.weekday AS weekday,
    store_date_hour.hour AS hour,
    SUM(store_date_hour.visitors) AS visitors,
    SUM(store_date_hour.visit_transactions) AS visit_transactions,
    SUM(store_date_hour.transactions) AS transactions,
    SUM(store_date_hour.net_sales) AS net_sales
  FROM retailsim_mart.store_date_hour AS store_date_hour
  INNER JOIN calendar AS calendar
    ON calendar.business_date = store_date_hour.business_date
  GROUP BY
    store_date_hour.store_id,
    SUBSTR(CAST(store_date_hour.business_date AS VARCHAR(10)), 1, 7),
    calendar.weekday,
    store_date_hour.hour
)
SELECT
  hour_sum.store_id AS store_id,
  hour_sum.month AS month,
  hour_sum.weekday AS weekday,
  hour_sum.hour AS hour,
  CAST(COALESCE(open_day_count.occurrences, 0) AS BIGINT) AS occurrences,
  CAST(hour_sum.visitors AS BIGINT) AS visitors,
  CAST(hour_sum.visit_transactions AS BIGINT) AS visit_transactions,
  CAST(hour_sum.transactions AS BIGINT) AS transactions,
  CAST(hour_sum.net_sales AS DECIMAL(18, 2)) AS net_sales
FROM hour_sum AS hour_sum
LEFT JOIN open_day_count AS open_day_count
  ON open_day_count.store_id = hour_sum.store_id
  AND open_day_count.month = hour_sum.month
  AND open_day_count.weekday = hour_sum.weekday;

CREATE OR REPLACE VIEW retailsim_mart.store_month
AS
SELECT
  store_day.store_id AS store_id,
  SUBSTR(CAST(store_day.business_date AS VARCHAR(10)), 1, 7) AS month,
  CAST(SUM(CASE WHEN store_day.is_open THEN 1 ELSE 0 END) AS BIGINT) AS open_days,
  CAST(SUM(store_day.gross_sales) AS DECIMAL(18, 2)) AS gross_sales,
  CAST(SUM(store_day.discounts) AS DECIMAL(18, 2)) AS discounts,
  CAST(SUM(store_day.returns) AS DECIMAL(18, 2)) AS returns,
  CAST(SUM(store_day.net_sales) AS DECIMAL(18, 2)) AS net_sales,
  CAST(SUM(store_day.cogs) AS DECIMAL(18, 2)) AS cogs,
  CAST(SUM(store_day.tax) AS DECIMAL(18, 2)) AS tax,
  CAST(SUM(store_day.transactions) AS BIGINT) AS transactions,
  CAST(SUM(store_day.return_transactions) AS BIGINT) AS return_transactions,
  CAST(SUM(store_day.visit_transactions) AS BIGINT) AS visit_transactions,
  CAST(SUM(store_day.units) AS BIGINT) AS units,
  CAST(SUM(store_day.visitors) AS BIGINT) AS visitors
FROM retailsim_mart.store_day AS store_day
GROUP BY
  store_day.store_id,
  SUBSTR(CAST(store_day.business_date AS VARCHAR(10)), 1, 7);
