-- The lake's Parquet objects as tables of Amazon Athena. Made by `retailsim schema --format athena`;
-- change src/model/tables/ instead. {lake} is the lake's address: put s3://BUCKET/PREFIX there.
--
-- Athena runs one statement at a time. It works the partitions out by itself, from the ranges
-- below; a narrower range makes questions without a day faster. Where rows have their month,
-- the folder is the column month_folder: name it in WHERE to read only these folders.
-- Timestamps are UTC. docs/data-dictionary.md says what the columns mean.

CREATE DATABASE IF NOT EXISTS `retailsim_raw`;

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`store` (
    `store_id` bigint,
    `name` string,
    `format` string,
    `region` string,
    `city` string,
    `latitude` decimal(9,6),
    `longitude` decimal(9,6),
    `sales_area_sqm` int,
    `opened_on` date,
    `closed_on` date,
    `open_hour` int,
    `close_hour` int,
    `timezone` string,
    `currency` string
)
STORED AS PARQUET
LOCATION '{lake}/raw/store/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`product` (
    `product_id` bigint,
    `gtin` string,
    `name` string,
    `department` string,
    `category` string,
    `subcategory` string,
    `brand` string,
    `is_private_label` boolean,
    `tax_rate` decimal(9,4),
    `launched_on` date,
    `delisted_on` date
)
STORED AS PARQUET
LOCATION '{lake}/raw/product/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`price` (
    `product_id` bigint,
    `zone` string,
    `valid_from` date,
    `valid_to` date,
    `list_price` decimal(12,2),
    `unit_cost` decimal(12,2)
)
STORED AS PARQUET
LOCATION '{lake}/raw/price/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`promotion` (
    `promo_id` bigint,
    `kind` string,
    `depth_pct` int,
    `starts_on` date,
    `ends_on` date
)
STORED AS PARQUET
LOCATION '{lake}/raw/promotion/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`promotion_product` (
    `promo_id` bigint,
    `product_id` bigint
)
STORED AS PARQUET
LOCATION '{lake}/raw/promotion_product/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`customer` (
    `customer_id` bigint,
    `household_id` bigint,
    `home_store_id` bigint,
    `segment` string,
    `loyalty_tier` string,
    `joined_on` date,
    `birth_year` int,
    `name` string,
    `email` string
)
STORED AS PARQUET
LOCATION '{lake}/raw/customer/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`transaction` (
    `transaction_id` bigint,
    `store_id` bigint,
    `business_date` date,
    `local_hour` int,
    `begin_at` timestamp,
    `channel` string,
    `kind` string,
    `original_transaction_id` bigint,
    `customer_id` bigint,
    `tender` string,
    `gross` decimal(12,2),
    `discount` decimal(12,2),
    `net` decimal(12,2),
    `tax` decimal(12,2),
    `total` decimal(12,2)
)
PARTITIONED BY (`feed_date` date)
STORED AS PARQUET
LOCATION '{lake}/raw/transaction/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.feed_date.type' = 'date',
    'projection.feed_date.format' = 'yyyy-MM-dd',
    'projection.feed_date.range' = '2000-01-01,NOW+10YEARS',
    'projection.feed_date.interval' = '1',
    'projection.feed_date.interval.unit' = 'DAYS',
    'storage.location.template' = '{lake}/raw/transaction/feed_date=${feed_date}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`transaction_line` (
    `transaction_id` bigint,
    `line_number` int,
    `kind` string,
    `store_id` bigint,
    `business_date` date,
    `product_id` bigint,
    `quantity` int,
    `list_price` decimal(12,2),
    `gross` decimal(12,2),
    `discount` decimal(12,2),
    `net` decimal(12,2),
    `promo_id` bigint,
    `unit_cost` decimal(12,2),
    `tax` decimal(12,2)
)
PARTITIONED BY (`feed_date` date)
STORED AS PARQUET
LOCATION '{lake}/raw/transaction_line/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.feed_date.type' = 'date',
    'projection.feed_date.format' = 'yyyy-MM-dd',
    'projection.feed_date.range' = '2000-01-01,NOW+10YEARS',
    'projection.feed_date.interval' = '1',
    'projection.feed_date.interval.unit' = 'DAYS',
    'storage.location.template' = '{lake}/raw/transaction_line/feed_date=${feed_date}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`visit` (
    `visit_id` bigint,
    `store_id` bigint,
    `entered_at` timestamp,
    `business_date` date,
    `local_hour` int,
    `dwell_s` int,
    `customer_id` bigint,
    `party_size` int,
    `mission` string,
    `transaction_id` bigint
)
PARTITIONED BY (`feed_date` date)
STORED AS PARQUET
LOCATION '{lake}/raw/visit/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.feed_date.type' = 'date',
    'projection.feed_date.format' = 'yyyy-MM-dd',
    'projection.feed_date.range' = '2000-01-01,NOW+10YEARS',
    'projection.feed_date.interval' = '1',
    'projection.feed_date.interval.unit' = 'DAYS',
    'storage.location.template' = '{lake}/raw/visit/feed_date=${feed_date}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`inventory_day` (
    `store_id` bigint,
    `product_id` bigint,
    `business_date` date,
    `on_hand_close` int,
    `received` int,
    `waste` int,
    `adjustment` int,
    `minutes_out_of_stock` int
)
PARTITIONED BY (`feed_date` date)
STORED AS PARQUET
LOCATION '{lake}/raw/inventory_day/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.feed_date.type' = 'date',
    'projection.feed_date.format' = 'yyyy-MM-dd',
    'projection.feed_date.range' = '2000-01-01,NOW+10YEARS',
    'projection.feed_date.interval' = '1',
    'projection.feed_date.interval.unit' = 'DAYS',
    'storage.location.template' = '{lake}/raw/inventory_day/feed_date=${feed_date}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_raw`.`weather_day` (
    `region` string,
    `business_date` date,
    `temperature_c` decimal(9,1),
    `rain_mm` decimal(9,1)
)
PARTITIONED BY (`feed_date` date)
STORED AS PARQUET
LOCATION '{lake}/raw/weather_day/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.feed_date.type' = 'date',
    'projection.feed_date.format' = 'yyyy-MM-dd',
    'projection.feed_date.range' = '2000-01-01,NOW+10YEARS',
    'projection.feed_date.interval' = '1',
    'projection.feed_date.interval.unit' = 'DAYS',
    'storage.location.template' = '{lake}/raw/weather_day/feed_date=${feed_date}/'
);

CREATE DATABASE IF NOT EXISTS `retailsim_clean`;

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`store` (
    `store_id` bigint,
    `name` string,
    `format` string,
    `region` string,
    `city` string,
    `latitude` decimal(9,6),
    `longitude` decimal(9,6),
    `sales_area_sqm` int,
    `opened_on` date,
    `closed_on` date,
    `open_hour` int,
    `close_hour` int,
    `timezone` string,
    `currency` string
)
STORED AS PARQUET
LOCATION '{lake}/clean/store/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`product` (
    `product_id` bigint,
    `gtin` string,
    `name` string,
    `department` string,
    `category` string,
    `subcategory` string,
    `brand` string,
    `is_private_label` boolean,
    `tax_rate` decimal(9,4),
    `launched_on` date,
    `delisted_on` date
)
STORED AS PARQUET
LOCATION '{lake}/clean/product/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`price` (
    `product_id` bigint,
    `zone` string,
    `valid_from` date,
    `valid_to` date,
    `list_price` decimal(12,2),
    `unit_cost` decimal(12,2)
)
STORED AS PARQUET
LOCATION '{lake}/clean/price/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`promotion` (
    `promo_id` bigint,
    `kind` string,
    `depth_pct` int,
    `starts_on` date,
    `ends_on` date
)
STORED AS PARQUET
LOCATION '{lake}/clean/promotion/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`promotion_product` (
    `promo_id` bigint,
    `product_id` bigint
)
STORED AS PARQUET
LOCATION '{lake}/clean/promotion_product/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`customer` (
    `customer_id` bigint,
    `household_id` bigint,
    `home_store_id` bigint,
    `segment` string,
    `loyalty_tier` string,
    `joined_on` date,
    `birth_year` int,
    `name` string,
    `email` string
)
STORED AS PARQUET
LOCATION '{lake}/clean/customer/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`transaction` (
    `transaction_id` bigint,
    `store_id` bigint,
    `business_date` date,
    `local_hour` int,
    `begin_at` timestamp,
    `channel` string,
    `kind` string,
    `original_transaction_id` bigint,
    `customer_id` bigint,
    `tender` string,
    `gross` decimal(12,2),
    `discount` decimal(12,2),
    `net` decimal(12,2),
    `tax` decimal(12,2),
    `total` decimal(12,2)
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/clean/transaction/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/clean/transaction/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`transaction_line` (
    `transaction_id` bigint,
    `line_number` int,
    `kind` string,
    `store_id` bigint,
    `business_date` date,
    `product_id` bigint,
    `quantity` int,
    `list_price` decimal(12,2),
    `gross` decimal(12,2),
    `discount` decimal(12,2),
    `net` decimal(12,2),
    `promo_id` bigint,
    `unit_cost` decimal(12,2),
    `tax` decimal(12,2)
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/clean/transaction_line/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/clean/transaction_line/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`visit` (
    `visit_id` bigint,
    `store_id` bigint,
    `entered_at` timestamp,
    `business_date` date,
    `local_hour` int,
    `dwell_s` int,
    `customer_id` bigint,
    `party_size` int,
    `mission` string,
    `transaction_id` bigint
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/clean/visit/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/clean/visit/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`inventory_day` (
    `store_id` bigint,
    `product_id` bigint,
    `business_date` date,
    `on_hand_close` int,
    `received` int,
    `waste` int,
    `adjustment` int,
    `minutes_out_of_stock` int
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/clean/inventory_day/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/clean/inventory_day/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_clean`.`weather_day` (
    `region` string,
    `business_date` date,
    `temperature_c` decimal(9,1),
    `rain_mm` decimal(9,1)
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/clean/weather_day/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/clean/weather_day/month=${month}/'
);

CREATE DATABASE IF NOT EXISTS `retailsim_gold`;

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`store_day` (
    `store_id` bigint,
    `business_date` date,
    `is_open` boolean,
    `gross_sales` decimal(18,2),
    `discounts` decimal(18,2),
    `returns` decimal(18,2),
    `net_sales` decimal(18,2),
    `cogs` decimal(18,2),
    `tax` decimal(18,2),
    `transactions` bigint,
    `return_transactions` bigint,
    `visit_transactions` bigint,
    `units` bigint,
    `visitors` bigint
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/gold/store_day/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/store_day/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`store_month` (
    `store_id` bigint,
    `month` string,
    `open_days` bigint,
    `gross_sales` decimal(18,2),
    `discounts` decimal(18,2),
    `returns` decimal(18,2),
    `net_sales` decimal(18,2),
    `cogs` decimal(18,2),
    `tax` decimal(18,2),
    `transactions` bigint,
    `return_transactions` bigint,
    `visit_transactions` bigint,
    `units` bigint,
    `visitors` bigint
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/store_month/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/store_month/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`store_date_hour` (
    `store_id` bigint,
    `business_date` date,
    `hour` int,
    `visitors` bigint,
    `visit_transactions` bigint,
    `transactions` bigint,
    `net_sales` decimal(18,2)
)
PARTITIONED BY (`month` string)
STORED AS PARQUET
LOCATION '{lake}/gold/store_date_hour/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month.type' = 'date',
    'projection.month.format' = 'yyyy-MM',
    'projection.month.range' = '2000-01,NOW+10YEARS',
    'projection.month.interval' = '1',
    'projection.month.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/store_date_hour/month=${month}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`store_hour` (
    `store_id` bigint,
    `month` string,
    `weekday` int,
    `hour` int,
    `occurrences` bigint,
    `visitors` bigint,
    `visit_transactions` bigint,
    `transactions` bigint,
    `net_sales` decimal(18,2)
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/store_hour/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/store_hour/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`store_category_month` (
    `store_id` bigint,
    `month` string,
    `category` string,
    `net_sales` decimal(18,2),
    `cogs` decimal(18,2),
    `units` bigint,
    `discounts` decimal(18,2),
    `stockout_days` bigint,
    `product_days` bigint
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/store_category_month/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/store_category_month/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`product_month` (
    `store_id` bigint,
    `month` string,
    `product_id` bigint,
    `net_sales` decimal(18,2),
    `cogs` decimal(18,2),
    `units` bigint,
    `discounts` decimal(18,2),
    `stockout_days` bigint,
    `product_days` bigint
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/product_month/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/product_month/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`customer_rfm` (
    `customer_id` bigint,
    `recency_days` bigint,
    `transactions` bigint,
    `net_sales` decimal(18,2),
    `segment` string
)
STORED AS PARQUET
LOCATION '{lake}/gold/customer_rfm/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`customer_month` (
    `store_id` bigint,
    `month` string,
    `new_customers` bigint,
    `returning_customers` bigint
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/customer_month/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/customer_month/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`basket_size_month` (
    `store_id` bigint,
    `month` string,
    `lines_bucket` string,
    `transactions` bigint
)
PARTITIONED BY (`month_folder` string)
STORED AS PARQUET
LOCATION '{lake}/gold/basket_size_month/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.month_folder.type' = 'date',
    'projection.month_folder.format' = 'yyyy-MM',
    'projection.month_folder.range' = '2000-01,NOW+10YEARS',
    'projection.month_folder.interval' = '1',
    'projection.month_folder.interval.unit' = 'MONTHS',
    'storage.location.template' = '{lake}/gold/basket_size_month/${month_folder}/'
);

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`promotion_result` (
    `promo_id` bigint,
    `product_id` bigint,
    `weeks_on` bigint,
    `units_on` bigint,
    `units_baseline` decimal(18,2),
    `discount` decimal(18,2),
    `net_sales` decimal(18,2)
)
STORED AS PARQUET
LOCATION '{lake}/gold/promotion_result/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_gold`.`data_quality_day` (
    `table_name` string,
    `feed_date` date,
    `rule` string,
    `rows_in` bigint,
    `accepted` bigint,
    `repaired` bigint,
    `quarantined` bigint,
    `duplicates` bigint
)
STORED AS PARQUET
LOCATION '{lake}/gold/data_quality_day/';

CREATE DATABASE IF NOT EXISTS `retailsim_lake`;

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_lake`.`quarantine` (
    `feed_date` date,
    `feed_row` bigint,
    `key` string,
    `field` string,
    `rule` string,
    `reason` string,
    `received` string
)
STORED AS PARQUET
LOCATION '{lake}/quarantine/';

CREATE EXTERNAL TABLE IF NOT EXISTS `retailsim_lake`.`findings` (
    `feed_date` date,
    `feed_row` bigint,
    `key` string,
    `field` string,
    `rule` string,
    `outcome` string,
    `before` string,
    `after` string
)
STORED AS PARQUET
LOCATION '{lake}/findings/';
