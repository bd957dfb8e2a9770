-- What was delivered to the lake and what became of it, for Amazon Redshift: data_quality_day over
-- the external tables of external.sql. Made by `make docs` from sql/gold; change that instead.
--
-- These are views without schema binding, and not materialized: Redshift has no other views of
-- external tables, and no materialized view of views.

CREATE SCHEMA IF NOT EXISTS mart;

CREATE SCHEMA IF NOT EXISTS delivered;

CREATE OR REPLACE VIEW delivered.raw_row
AS
SELECT
  'store' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.store
UNION ALL
SELECT
  'product' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.product
UNION ALL
SELECT
  'price' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.price
UNION ALL
SELECT
  'promotion' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.promotion
UNION ALL
SELECT
  'promotion_product' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.promotion_product
UNION ALL
SELECT
  'customer' AS table_name,
  CAST(NULL AS DATE) AS feed_date
FROM lake_raw.customer
UNION ALL
SELECT
  'transaction' AS table_name,
  feed_date AS feed_date
FROM lake_raw.transaction
UNION ALL
SELECT
  'transaction_line' AS table_name,
  feed_date AS feed_date
FROM lake_raw.transaction_line
UNION ALL
SELECT
  'visit' AS table_name,
  feed_date AS feed_date
FROM lake_raw.visit
UNION ALL
SELECT
  'inventory_day' AS table_name,
  feed_date AS feed_date
FROM lake_raw.inventory_day
UNION ALL
SELECT
  'weather_day' AS table_name,
  feed_date AS feed_date
FROM lake_raw.weather_day
WITH NO SCHEMA BINDING;

CREATE OR REPLACE VIEW delivered.quarantine
AS
SELECT
  REVERSE(SPLIT_PART(SPLIT_PART(REVERSE("$path"), '=egats/', 2), '/', 1)) AS table_name,
  SPLIT_PART(REVERSE(SPLIT_PART(REVERSE("$path"), '=egats/', 1)), '/', 1) AS stage,
  feed_date,
  rule
FROM lake.quarantine
WITH NO SCHEMA BINDING;

CREATE OR REPLACE VIEW delivered.findings
AS
SELECT
  REVERSE(SPLIT_PART(SPLIT_PART(REVERSE("$path"), '=egats/', 2), '/', 1)) AS table_name,
  SPLIT_PART(REVERSE(SPLIT_PART(REVERSE("$path"), '=egats/', 1)), '/', 1) AS stage,
  feed_date,
  rule,
  outcome
FROM lake.findings
WITH NO SCHEMA BINDING;

CREATE OR REPLACE VIEW mart.data_quality_day
AS
WITH event AS (
  SELECT
    table_name,
    feed_date,
    'delivered' AS rule,
    1 AS rows_in,
    1 AS accepted,
    0 AS repaired,
    0 AS quarantined,
    0 AS duplicates
  FROM delivered.raw_row
  UNION ALL
  SELECT
    table_name,
    feed_date,
    'delivered',
    1,
    0,
    0,
    0,
    0
  FROM delivered.quarantine
  WHERE
    stage = 'validate'
  UNION ALL
  SELECT
    table_name,
    feed_date,
    'delivered',
    0,
    -1,
    0,
    0,
    0
  FROM delivered.quarantine
  WHERE
    stage = 'clean'
  UNION ALL
  SELECT
    table_name,
    feed_date,
    'delivered',
    0,
    -1,
    0,
    0,
    0
  FROM delivered.findings
  WHERE
    outcome = 'DUPLICATE'
  UNION ALL
  SELECT
    table_name,
    feed_date,
    rule,
    0,
    0,
    0,
    1,
    0
  FROM delivered.quarantine
  UNION ALL
  SELECT
    table_name,
    feed_date,
    rule,
    0,
    0,
    CASE WHEN outcome = 'REPAIRED' THEN 1 ELSE 0 END,
    0,
    CASE WHEN outcome = 'DUPLICATE' THEN 1 ELSE 0 END
  FROM delivered.findings
  WHERE
    outcome IN ('REPAIRED', 'DUPLICATE')
)
SELECT
  table_name,
  feed_date,
  rule,
  CAST(SUM(rows_in) AS BIGINT) AS rows_in,
  CAST(SUM(accepted) AS BIGINT) AS accepted,
  CAST(SUM(repaired) AS BIGINT) AS repaired,
  CAST(SUM(quarantined) AS BIGINT) AS quarantined,
  CAST(SUM(duplicates) AS BIGINT) AS duplicates
FROM event
GROUP BY
  table_name,
  feed_date,
  rule
WITH NO SCHEMA BINDING;
