-- The lake's Parquet objects as external tables of Amazon Redshift (Spectrum), in the Glue
-- catalog. Made by `retailsim schema --format spectrum`; change src/model/tables/ instead.
-- {lake} is the lake's address: put s3://BUCKET/PREFIX there.
--
-- Redshift knows no partition until it is told of it, of each month or feed date once:
--   ALTER TABLE lake_clean.visit ADD IF NOT EXISTS
--   PARTITION (month = '2024-01') LOCATION '{lake}/clean/visit/month=2024-01/'
-- With --lake URI the command prints these too, for what is in that lake.
-- Where rows have their month, the folder is the column month_folder. Timestamps are UTC.
-- docs/data-dictionary.md says what the columns mean. The databases are not those of
-- Athena, which needs no list of partitions.

CREATE EXTERNAL SCHEMA IF NOT EXISTS lake_raw
FROM DATA CATALOG
DATABASE 'retailsim_spectrum_raw'
IAM_ROLE default
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE EXTERNAL TABLE lake_raw.store (
    store_id bigint,
    name varchar(256),
    format varchar(11),
    region varchar(256),
    city varchar(256),
    latitude decimal(9,6),
    longitude decimal(9,6),
    sales_area_sqm integer,
    opened_on date,
    closed_on date,
    open_hour integer,
    close_hour integer,
    timezone varchar(256),
    currency varchar(256)
)
STORED AS PARQUET
LOCATION '{lake}/raw/store/';

CREATE EXTERNAL TABLE lake_raw.product (
    product_id bigint,
    gtin varchar(256),
    name varchar(256),
    department varchar(256),
    category varchar(256),
    subcategory varchar(256),
    brand varchar(256),
    is_private_label boolean,
    tax_rate decimal(9,4),
    launched_on date,
    delisted_on date
)
STORED AS PARQUET
LOCATION '{lake}/raw/product/';

CREATE EXTERNAL TABLE lake_raw.price (
    product_id bigint,
    zone varchar(256),
    valid_from date,
    valid_to date,
    list_price decimal(12,2),
    unit_cost decimal(12,2)
)
STORED AS PARQUET
LOCATION '{lake}/raw/price/';

CREATE EXTERNAL TABLE lake_raw.promotion (
    promo_id bigint,
    kind varchar(9),
    depth_pct integer,
    starts_on date,
    ends_on date
)
STORED AS PARQUET
LOCATION '{lake}/raw/promotion/';

CREATE EXTERNAL TABLE lake_raw.promotion_product (
    promo_id bigint,
    product_id bigint
)
STORED AS PARQUET
LOCATION '{lake}/raw/promotion_product/';

CREATE EXTERNAL TABLE lake_raw.customer (
    customer_id bigint,
    household_id bigint,
    home_store_id bigint,
    segment varchar(6),
    loyalty_tier varchar(6),
    joined_on date,
    birth_year integer,
    name varchar(256),
    email varchar(256)
)
STORED AS PARQUET
LOCATION '{lake}/raw/customer/';

CREATE EXTERNAL TABLE lake_raw.transaction (
    transaction_id bigint,
    store_id bigint,
    business_date date,
    local_hour integer,
    begin_at timestamp,
    channel varchar(17),
    kind varchar(6),
    original_transaction_id bigint,
    customer_id bigint,
    tender varchar(7),
    gross decimal(12,2),
    discount decimal(12,2),
    net decimal(12,2),
    tax decimal(12,2),
    total decimal(12,2)
)
PARTITIONED BY (feed_date date)
STORED AS PARQUET
LOCATION '{lake}/raw/transaction/';

CREATE EXTERNAL TABLE lake_raw.transaction_line (
    transaction_id bigint,
    line_number integer,
    kind varchar(6),
    store_id bigint,
    business_date date,
    product_id bigint,
    quantity integer,
    list_price decimal(12,2),
    gross decimal(12,2),
    discount decimal(12,2),
    net decimal(12,2),
    promo_id bigint,
    unit_cost decimal(12,2),
    tax decimal(12,2)
)
PARTITIONED BY (feed_date date)
STORED AS PARQUET
LOCATION '{lake}/raw/transaction_line/';

CREATE EXTERNAL TABLE lake_raw.visit (
    visit_id bigint,
    store_id bigint,
    entered_at timestamp,
    business_date date,
    local_hour integer,
    dwell_s integer,
    customer_id bigint,
    party_size integer,
    mission varchar(8),
    transaction_id bigint
)
PARTITIONED BY (feed_date date)
STORED AS PARQUET
LOCATION '{lake}/raw/visit/';

CREATE EXTERNAL TABLE lake_raw.inventory_day (
    store_id bigint,
    product_id bigint,
    business_date date,
    on_hand_close integer,
    received integer,
    waste integer,
    adjustment integer,
    minutes_out_of_stock integer
)
PARTITIONED BY (feed_date date)
STORED AS PARQUET
LOCATION '{lake}/raw/inventory_day/';

CREATE EXTERNAL TABLE lake_raw.weather_day (
    region varchar(256),
    business_date date,
    temperature_c decimal(9,1),
    rain_mm decimal(9,1)
)
PARTITIONED BY (feed_date date)
STORED AS PARQUET
LOCATION '{lake}/raw/weather_day/';

CREATE EXTERNAL SCHEMA IF NOT EXISTS lake_clean
FROM DATA CATALOG
DATABASE 'retailsim_spectrum_clean'
IAM_ROLE default
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE EXTERNAL TABLE lake_clean.store (
    store_id bigint,
    name varchar(256),
    format varchar(11),
    region varchar(256),
    city varchar(256),
    latitude decimal(9,6),
    longitude decimal(9,6),
    sales_area_sqm integer,
    opened_on date,
    closed_on date,
    open_hour integer,
    close_hour integer,
    timezone varchar(256),
    currency varchar(256)
)
STORED AS PARQUET
LOCATION '{lake}/clean/store/';

CREATE EXTERNAL TABLE lake_clean.product (
    product_id bigint,
    gtin varchar(256),
    name varchar(256),
    department varchar(256),
    category varchar(256),
    subcategory varchar(256),
    brand varchar(256),
    is_private_label boolean,
    tax_rate decimal(9,4),
    launched_on date,
    delisted_on date
)
STORED AS PARQUET
LOCATION '{lake}/clean/product/';

CREATE EXTERNAL TABLE lake_clean.price (
    product_id bigint,
    zone varchar(256),
    valid_from date,
    valid_to date,
    list_price decimal(12,2),
    unit_cost decimal(12,2)
)
STORED AS PARQUET
LOCATION '{lake}/clean/price/';

CREATE EXTERNAL TABLE lake_clean.promotion (
    promo_id bigint,
    kind varchar(9),
    depth_pct integer,
    starts_on date,
    ends_on date
)
STORED AS PARQUET
LOCATION '{lake}/clean/promotion/';

CREATE EXTERNAL TABLE lake_clean.promotion_product (
    promo_id bigint,
    product_id bigint
)
STORED AS PARQUET
LOCATION '{lake}/clean/promotion_product/';

CREATE EXTERNAL TABLE lake_clean.customer (
    customer_id bigint,
    household_id bigint,
    home_store_id bigint,
    segment varchar(6),
    loyalty_tier varchar(6),
    joined_on date,
    birth_year integer,
    name varchar(256),
    email varchar(256)
)
STORED AS PARQUET
LOCATION '{lake}/clean/customer/';

CREATE EXTERNAL TABLE lake_clean.transaction (
    transaction_id bigint,
    store_id bigint,
    business_date date,
    local_hour integer,
    begin_at timestamp,
    channel varchar(17),
    kind varchar(6),
    original_transaction_id bigint,
    customer_id bigint,
    tender varchar(7),
    gross decimal(12,2),
    discount decimal(12,2),
    net decimal(12,2),
    tax decimal(12,2),
    total decimal(12,2)
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/clean/transaction/';

CREATE EXTERNAL TABLE lake_clean.transaction_line (
    transaction_id bigint,
    line_number integer,
    kind varchar(6),
    store_id bigint,
    business_date date,
    product_id bigint,
    quantity integer,
    list_price decimal(12,2),
    gross decimal(12,2),
    discount decimal(12,2),
    net decimal(12,2),
    promo_id bigint,
    unit_cost decimal(12,2),
    tax decimal(12,2)
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/clean/transaction_line/';

CREATE EXTERNAL TABLE lake_clean.visit (
    visit_id bigint,
    store_id bigint,
    entered_at timestamp,
    business_date date,
    local_hour integer,
    dwell_s integer,
    customer_id bigint,
    party_size integer,
    mission varchar(8),
    transaction_id bigint
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/clean/visit/';

CREATE EXTERNAL TABLE lake_clean.inventory_day (
    store_id bigint,
    product_id bigint,
    business_date date,
    on_hand_close integer,
    received integer,
    waste integer,
    adjustment integer,
    minutes_out_of_stock integer
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/clean/inventory_day/';

CREATE EXTERNAL TABLE lake_clean.weather_day (
    region varchar(256),
    business_date date,
    temperature_c decimal(9,1),
    rain_mm decimal(9,1)
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/clean/weather_day/';

CREATE EXTERNAL SCHEMA IF NOT EXISTS lake_gold
FROM DATA CATALOG
DATABASE 'retailsim_spectrum_gold'
IAM_ROLE default
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE EXTERNAL TABLE lake_gold.store_day (
    store_id bigint,
    business_date date,
    is_open boolean,
    gross_sales decimal(18,2),
    discounts decimal(18,2),
    returns decimal(18,2),
    net_sales decimal(18,2),
    cogs decimal(18,2),
    tax decimal(18,2),
    transactions bigint,
    return_transactions bigint,
    visit_transactions bigint,
    units bigint,
    visitors bigint
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/store_day/';

CREATE EXTERNAL TABLE lake_gold.store_month (
    store_id bigint,
    month varchar(256),
    open_days bigint,
    gross_sales decimal(18,2),
    discounts decimal(18,2),
    returns decimal(18,2),
    net_sales decimal(18,2),
    cogs decimal(18,2),
    tax decimal(18,2),
    transactions bigint,
    return_transactions bigint,
    visit_transactions bigint,
    units bigint,
    visitors bigint
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/store_month/';

CREATE EXTERNAL TABLE lake_gold.store_date_hour (
    store_id bigint,
    business_date date,
    hour integer,
    visitors bigint,
    visit_transactions bigint,
    transactions bigint,
    net_sales decimal(18,2)
)
PARTITIONED BY (month varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/store_date_hour/';

CREATE EXTERNAL TABLE lake_gold.store_hour (
    store_id bigint,
    month varchar(256),
    weekday integer,
    hour integer,
    occurrences bigint,
    visitors bigint,
    visit_transactions bigint,
    transactions bigint,
    net_sales decimal(18,2)
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/store_hour/';

CREATE EXTERNAL TABLE lake_gold.store_category_month (
    store_id bigint,
    month varchar(256),
    category varchar(256),
    net_sales decimal(18,2),
    cogs decimal(18,2),
    units bigint,
    discounts decimal(18,2),
    stockout_days bigint,
    product_days bigint
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/store_category_month/';

CREATE EXTERNAL TABLE lake_gold.product_month (
    store_id bigint,
    month varchar(256),
    product_id bigint,
    net_sales decimal(18,2),
    cogs decimal(18,2),
    units bigint,
    discounts decimal(18,2),
    stockout_days bigint,
    product_days bigint
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/product_month/';

CREATE EXTERNAL TABLE lake_gold.customer_rfm (
    customer_id bigint,
    recency_days bigint,
    transactions bigint,
    net_sales decimal(18,2),
    segment varchar(8)
)
STORED AS PARQUET
LOCATION '{lake}/gold/customer_rfm/';

CREATE EXTERNAL TABLE lake_gold.customer_month (
    store_id bigint,
    month varchar(256),
    new_customers bigint,
    returning_customers bigint
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/customer_month/';

CREATE EXTERNAL TABLE lake_gold.basket_size_month (
    store_id bigint,
    month varchar(256),
    lines_bucket varchar(5),
    transactions bigint
)
PARTITIONED BY (month_folder varchar(7))
STORED AS PARQUET
LOCATION '{lake}/gold/basket_size_month/';

CREATE EXTERNAL TABLE lake_gold.promotion_result (
    promo_id bigint,
    product_id bigint,
    weeks_on bigint,
    units_on bigint,
    units_baseline decimal(18,2),
    discount decimal(18,2),
    net_sales decimal(18,2)
)
STORED AS PARQUET
LOCATION '{lake}/gold/promotion_result/';

CREATE EXTERNAL TABLE lake_gold.data_quality_day (
    table_name varchar(256),
    feed_date date,
    rule varchar(256),
    rows_in bigint,
    accepted bigint,
    repaired bigint,
    quarantined bigint,
    duplicates bigint
)
STORED AS PARQUET
LOCATION '{lake}/gold/data_quality_day/';

CREATE EXTERNAL SCHEMA IF NOT EXISTS lake
FROM DATA CATALOG
DATABASE 'retailsim_spectrum_lake'
IAM_ROLE default
CREATE EXTERNAL DATABASE IF NOT EXISTS;

CREATE EXTERNAL TABLE lake.quarantine (
    feed_date date,
    feed_row bigint,
    key varchar(65535),
    field varchar(65535),
    rule varchar(65535),
    reason varchar(65535),
    received varchar(65535)
)
STORED AS PARQUET
LOCATION '{lake}/quarantine/';

CREATE EXTERNAL TABLE lake.findings (
    feed_date date,
    feed_row bigint,
    key varchar(65535),
    field varchar(65535),
    rule varchar(65535),
    outcome varchar(11),
    before varchar(65535),
    after varchar(65535)
)
STORED AS PARQUET
LOCATION '{lake}/findings/';
