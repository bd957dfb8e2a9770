-- The tables of the lake, for Amazon Redshift. Made by `retailsim schema --format redshift`;
-- change src/model/tables/ instead.
--
-- Columns are in the order and of the types of the Parquet objects, as COPY … FORMAT PARQUET
-- wants them. Timestamps are UTC. Redshift does not enforce primary keys; the lake keeps them.

CREATE SCHEMA IF NOT EXISTS clean;

CREATE TABLE IF NOT EXISTS clean.store (
    store_id bigint NOT NULL ENCODE raw,
    name varchar(256) NOT NULL ENCODE zstd,
    format varchar(11) ENCODE bytedict,
    region varchar(256) ENCODE zstd,
    city varchar(256) ENCODE zstd,
    latitude decimal(9,6) ENCODE az64,
    longitude decimal(9,6) ENCODE az64,
    sales_area_sqm integer ENCODE az64,
    opened_on date ENCODE az64,
    closed_on date ENCODE az64,
    open_hour integer ENCODE az64,
    close_hour integer ENCODE az64,
    timezone varchar(256) ENCODE zstd,
    currency varchar(256) NOT NULL ENCODE zstd,
    PRIMARY KEY (store_id)
)
DISTSTYLE ALL
COMPOUND SORTKEY (store_id);
COMMENT ON TABLE clean.store IS 'One shop of the chain.';
COMMENT ON COLUMN clean.store.store_id IS 'Identifies the store.';
COMMENT ON COLUMN clean.store.name IS 'What people call the store.';
COMMENT ON COLUMN clean.store.format IS 'Kind of store by size and range.';
COMMENT ON COLUMN clean.store.region IS 'Sales region; prices are set per region.';
COMMENT ON COLUMN clean.store.city IS 'Town the store stands in.';
COMMENT ON COLUMN clean.store.latitude IS 'North of the equator. Unit: degrees.';
COMMENT ON COLUMN clean.store.longitude IS 'East of Greenwich. Unit: degrees.';
COMMENT ON COLUMN clean.store.sales_area_sqm IS 'Floor open to shoppers. Unit: m².';
COMMENT ON COLUMN clean.store.opened_on IS 'First day of trading.';
COMMENT ON COLUMN clean.store.closed_on IS 'Last day of trading; null while open.';
COMMENT ON COLUMN clean.store.open_hour IS 'Hour of the day at which the doors open. Unit: hour.';
COMMENT ON COLUMN clean.store.close_hour IS 'Hour of the day at which the doors close. Unit: hour.';
COMMENT ON COLUMN clean.store.timezone IS 'IANA name of the store''s clock.';
COMMENT ON COLUMN clean.store.currency IS 'ISO 4217 code of all amounts.';

CREATE TABLE IF NOT EXISTS clean.product (
    product_id bigint NOT NULL ENCODE raw,
    gtin varchar(256) ENCODE zstd,
    name varchar(256) NOT NULL ENCODE zstd,
    department varchar(256) ENCODE zstd,
    category varchar(256) NOT NULL ENCODE zstd,
    subcategory varchar(256) ENCODE zstd,
    brand varchar(256) ENCODE zstd,
    is_private_label boolean ENCODE zstd,
    tax_rate decimal(9,4) ENCODE az64,
    launched_on date ENCODE az64,
    delisted_on date ENCODE az64,
    PRIMARY KEY (product_id)
)
DISTSTYLE ALL
COMPOUND SORTKEY (product_id);
COMMENT ON TABLE clean.product IS 'One article that stores sell.';
COMMENT ON COLUMN clean.product.product_id IS 'Identifies the product.';
COMMENT ON COLUMN clean.product.gtin IS 'Bar code: 13 digits with check digit (GS1).';
COMMENT ON COLUMN clean.product.name IS 'Text on the receipt.';
COMMENT ON COLUMN clean.product.department IS 'Top level of the range.';
COMMENT ON COLUMN clean.product.category IS 'Middle level of the range.';
COMMENT ON COLUMN clean.product.subcategory IS 'Lowest level of the range.';
COMMENT ON COLUMN clean.product.brand IS 'Brand, or the chain''s own.';
COMMENT ON COLUMN clean.product.is_private_label IS 'Whether the chain owns the brand.';
COMMENT ON COLUMN clean.product.tax_rate IS 'Value-added tax on the net price; 0.2000 is 20 %.';
COMMENT ON COLUMN clean.product.launched_on IS 'First day on the shelf.';
COMMENT ON COLUMN clean.product.delisted_on IS 'Last day on the shelf; null while listed.';

CREATE TABLE IF NOT EXISTS clean.price (
    product_id bigint NOT NULL ENCODE raw,
    zone varchar(256) NOT NULL ENCODE zstd,
    valid_from date NOT NULL ENCODE az64,
    valid_to date ENCODE az64,
    list_price decimal(12,2) NOT NULL ENCODE az64,
    unit_cost decimal(12,2) ENCODE az64,
    PRIMARY KEY (product_id, zone, valid_from)
)
DISTSTYLE ALL
COMPOUND SORTKEY (product_id, zone, valid_from);
COMMENT ON TABLE clean.price IS 'List price and cost of a product in a price zone (a region) for a span of days.';
COMMENT ON COLUMN clean.price.product_id IS 'The product. Refers to product.product_id.';
COMMENT ON COLUMN clean.price.zone IS 'The region in which this price holds.';
COMMENT ON COLUMN clean.price.valid_from IS 'First day of this price.';
COMMENT ON COLUMN clean.price.valid_to IS 'Last day of this price; null: no end.';
COMMENT ON COLUMN clean.price.list_price IS 'Shelf price without tax.';
COMMENT ON COLUMN clean.price.unit_cost IS 'What one unit costs the chain.';

CREATE TABLE IF NOT EXISTS clean.promotion (
    promo_id bigint NOT NULL ENCODE raw,
    kind varchar(9) NOT NULL ENCODE bytedict,
    depth_pct integer ENCODE az64,
    starts_on date NOT NULL ENCODE az64,
    ends_on date NOT NULL ENCODE az64,
    PRIMARY KEY (promo_id)
)
DISTSTYLE ALL
COMPOUND SORTKEY (promo_id);
COMMENT ON TABLE clean.promotion IS 'A price reduction for some products and days.';
COMMENT ON COLUMN clean.promotion.promo_id IS 'Identifies the promotion.';
COMMENT ON COLUMN clean.promotion.kind IS 'How shoppers learn of it.';
COMMENT ON COLUMN clean.promotion.depth_pct IS 'Share taken off the list price. Unit: %.';
COMMENT ON COLUMN clean.promotion.starts_on IS 'First day.';
COMMENT ON COLUMN clean.promotion.ends_on IS 'Last day.';

CREATE TABLE IF NOT EXISTS clean.promotion_product (
    promo_id bigint NOT NULL ENCODE raw,
    product_id bigint NOT NULL ENCODE az64,
    PRIMARY KEY (promo_id, product_id)
)
DISTSTYLE ALL
COMPOUND SORTKEY (promo_id, product_id);
COMMENT ON TABLE clean.promotion_product IS 'Which products a promotion covers.';
COMMENT ON COLUMN clean.promotion_product.promo_id IS 'The promotion. Refers to promotion.promo_id.';
COMMENT ON COLUMN clean.promotion_product.product_id IS 'A product on promotion. Refers to product.product_id.';

CREATE TABLE IF NOT EXISTS clean.customer (
    customer_id bigint NOT NULL ENCODE raw,
    household_id bigint NOT NULL ENCODE az64,
    home_store_id bigint NOT NULL ENCODE az64,
    segment varchar(6) ENCODE bytedict,
    loyalty_tier varchar(6) ENCODE bytedict,
    joined_on date ENCODE az64,
    birth_year integer ENCODE az64,
    name varchar(256) NOT NULL ENCODE zstd,
    email varchar(256) ENCODE zstd,
    PRIMARY KEY (customer_id)
)
DISTSTYLE ALL
COMPOUND SORTKEY (customer_id);
COMMENT ON TABLE clean.customer IS 'A holder of a loyalty card. All people are invented.';
COMMENT ON COLUMN clean.customer.customer_id IS 'Identifies the card holder.';
COMMENT ON COLUMN clean.customer.household_id IS 'People who shop together.';
COMMENT ON COLUMN clean.customer.home_store_id IS 'The store this household visits most. Refers to store.store_id.';
COMMENT ON COLUMN clean.customer.segment IS 'Kind of household.';
COMMENT ON COLUMN clean.customer.loyalty_tier IS 'Level of the loyalty card.';
COMMENT ON COLUMN clean.customer.joined_on IS 'Day the card was handed out.';
COMMENT ON COLUMN clean.customer.birth_year IS 'Year of birth. Unit: year.';
COMMENT ON COLUMN clean.customer.name IS 'Name (invented).';
COMMENT ON COLUMN clean.customer.email IS 'Address at a domain kept for examples.';

CREATE TABLE IF NOT EXISTS clean.transaction (
    transaction_id bigint NOT NULL ENCODE az64,
    store_id bigint NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    local_hour integer NOT NULL ENCODE az64,
    begin_at timestamp NOT NULL ENCODE az64,
    channel varchar(17) NOT NULL ENCODE bytedict,
    kind varchar(6) NOT NULL ENCODE bytedict,
    original_transaction_id bigint ENCODE az64,
    customer_id bigint ENCODE az64,
    tender varchar(7) ENCODE bytedict,
    gross decimal(12,2) NOT NULL ENCODE az64,
    discount decimal(12,2) NOT NULL ENCODE az64,
    net decimal(12,2) NOT NULL ENCODE az64,
    tax decimal(12,2) ENCODE az64,
    total decimal(12,2) ENCODE az64,
    PRIMARY KEY (transaction_id)
)
DISTSTYLE KEY DISTKEY (transaction_id)
COMPOUND SORTKEY (business_date, store_id);
COMMENT ON TABLE clean.transaction IS 'A receipt: one purchase or one return.';
COMMENT ON COLUMN clean.transaction.transaction_id IS 'Identifies the receipt.';
COMMENT ON COLUMN clean.transaction.store_id IS 'Store that sold or took back. Refers to store.store_id.';
COMMENT ON COLUMN clean.transaction.business_date IS 'Day on the store''s calendar.';
COMMENT ON COLUMN clean.transaction.local_hour IS 'Hour on the store''s clock. Unit: hour.';
COMMENT ON COLUMN clean.transaction.begin_at IS 'Instant of the first scan, UTC.';
COMMENT ON COLUMN clean.transaction.channel IS 'Where the purchase was made; of a return, where the sale was.';
COMMENT ON COLUMN clean.transaction.kind IS 'SALE or RETURN.';
COMMENT ON COLUMN clean.transaction.original_transaction_id IS 'For a return: the sale. Refers to transaction.transaction_id.';
COMMENT ON COLUMN clean.transaction.customer_id IS 'Card holder, when the card was shown. Refers to customer.customer_id.';
COMMENT ON COLUMN clean.transaction.tender IS 'Means of payment.';
COMMENT ON COLUMN clean.transaction.gross IS 'Sum of the lines'' gross.';
COMMENT ON COLUMN clean.transaction.discount IS 'Sum of the lines'' discount.';
COMMENT ON COLUMN clean.transaction.net IS 'Sum of the lines'' net.';
COMMENT ON COLUMN clean.transaction.tax IS 'Sum of the lines'' tax.';
COMMENT ON COLUMN clean.transaction.total IS 'Net and tax.';

CREATE TABLE IF NOT EXISTS clean.transaction_line (
    transaction_id bigint NOT NULL ENCODE az64,
    line_number integer NOT NULL ENCODE az64,
    kind varchar(6) NOT NULL ENCODE bytedict,
    store_id bigint NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    product_id bigint NOT NULL ENCODE az64,
    quantity integer NOT NULL ENCODE az64,
    list_price decimal(12,2) NOT NULL ENCODE az64,
    gross decimal(12,2) NOT NULL ENCODE az64,
    discount decimal(12,2) NOT NULL ENCODE az64,
    net decimal(12,2) NOT NULL ENCODE az64,
    promo_id bigint ENCODE az64,
    unit_cost decimal(12,2) ENCODE az64,
    tax decimal(12,2) ENCODE az64,
    PRIMARY KEY (transaction_id, line_number)
)
DISTSTYLE KEY DISTKEY (transaction_id)
COMPOUND SORTKEY (business_date, store_id);
COMMENT ON TABLE clean.transaction_line IS 'One product on a receipt. Amounts are without tax and never negative; kind has the sign.';
COMMENT ON COLUMN clean.transaction_line.transaction_id IS 'The receipt. Refers to transaction.transaction_id.';
COMMENT ON COLUMN clean.transaction_line.line_number IS 'Place on the receipt; numbers may have gaps.';
COMMENT ON COLUMN clean.transaction_line.kind IS 'SALE or RETURN, as the receipt.';
COMMENT ON COLUMN clean.transaction_line.store_id IS 'Store of the receipt. Refers to store.store_id.';
COMMENT ON COLUMN clean.transaction_line.business_date IS 'Day of the receipt.';
COMMENT ON COLUMN clean.transaction_line.product_id IS 'Product sold. Refers to product.product_id.';
COMMENT ON COLUMN clean.transaction_line.quantity IS 'Units sold or taken back. Unit: units.';
COMMENT ON COLUMN clean.transaction_line.list_price IS 'Shelf price of one unit; informative.';
COMMENT ON COLUMN clean.transaction_line.gross IS 'Before discount: net + discount.';
COMMENT ON COLUMN clean.transaction_line.discount IS 'Taken off by promotions.';
COMMENT ON COLUMN clean.transaction_line.net IS 'To pay, without tax.';
COMMENT ON COLUMN clean.transaction_line.promo_id IS 'Promotion that gave the discount. Refers to promotion.promo_id.';
COMMENT ON COLUMN clean.transaction_line.unit_cost IS 'What one unit cost the chain.';
COMMENT ON COLUMN clean.transaction_line.tax IS 'Value-added tax on net.';

CREATE TABLE IF NOT EXISTS clean.visit (
    visit_id bigint NOT NULL ENCODE az64,
    store_id bigint NOT NULL ENCODE az64,
    entered_at timestamp NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    local_hour integer NOT NULL ENCODE az64,
    dwell_s integer ENCODE az64,
    customer_id bigint ENCODE az64,
    party_size integer ENCODE az64,
    mission varchar(8) ENCODE bytedict,
    transaction_id bigint ENCODE az64,
    PRIMARY KEY (visit_id)
)
DISTSTYLE KEY DISTKEY (visit_id)
COMPOUND SORTKEY (business_date, store_id);
COMMENT ON TABLE clean.visit IS 'A group of people entering a store, as its door counter and card readers see it.';
COMMENT ON COLUMN clean.visit.visit_id IS 'Identifies the visit.';
COMMENT ON COLUMN clean.visit.store_id IS 'Store entered. Refers to store.store_id.';
COMMENT ON COLUMN clean.visit.entered_at IS 'Instant of entering, UTC.';
COMMENT ON COLUMN clean.visit.business_date IS 'Day on the store''s calendar.';
COMMENT ON COLUMN clean.visit.local_hour IS 'Hour on the store''s clock at entering. Unit: hour.';
COMMENT ON COLUMN clean.visit.dwell_s IS 'Time spent inside. Unit: seconds.';
COMMENT ON COLUMN clean.visit.customer_id IS 'Card holder, when the card was shown. Refers to customer.customer_id.';
COMMENT ON COLUMN clean.visit.party_size IS 'People entering together. Unit: people.';
COMMENT ON COLUMN clean.visit.mission IS 'What the visit was for, PICKUP to collect an order; null when goods were brought back.';
COMMENT ON COLUMN clean.visit.transaction_id IS 'The purchase; null when nothing was bought. Refers to transaction.transaction_id.';

CREATE TABLE IF NOT EXISTS clean.inventory_day (
    store_id bigint NOT NULL ENCODE az64,
    product_id bigint NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    on_hand_close integer NOT NULL ENCODE az64,
    received integer NOT NULL ENCODE az64,
    waste integer NOT NULL ENCODE az64,
    adjustment integer NOT NULL ENCODE az64,
    minutes_out_of_stock integer NOT NULL ENCODE az64,
    PRIMARY KEY (store_id, product_id, business_date)
)
DISTSTYLE KEY DISTKEY (store_id)
COMPOUND SORTKEY (business_date);
COMMENT ON TABLE clean.inventory_day IS 'What happened to a product''s stock in a store on a day beside sales: only days on which goods came in, spoiled, were corrected or were missing. Returned goods are not put back.';
COMMENT ON COLUMN clean.inventory_day.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN clean.inventory_day.product_id IS 'The product. Refers to product.product_id.';
COMMENT ON COLUMN clean.inventory_day.business_date IS 'Day on the store''s calendar.';
COMMENT ON COLUMN clean.inventory_day.on_hand_close IS 'Units in the store at the end of the day, after the night''s delivery. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.received IS 'Units that came in, mostly in the night after closing. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.waste IS 'Units thrown away because they were too old. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.adjustment IS 'Negative: units that a count found missing, or that the delivery took back. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.minutes_out_of_stock IS 'Opening time during which none was on the shelf. Unit: minutes.';

CREATE TABLE IF NOT EXISTS clean.weather_day (
    region varchar(256) NOT NULL ENCODE zstd,
    business_date date NOT NULL ENCODE raw,
    temperature_c decimal(9,1) NOT NULL ENCODE az64,
    rain_mm decimal(9,1) NOT NULL ENCODE az64,
    PRIMARY KEY (region, business_date)
)
DISTSTYLE KEY DISTKEY (region)
COMPOUND SORTKEY (business_date);
COMMENT ON TABLE clean.weather_day IS 'The weather of a region on a day, as its station has measured it.';
COMMENT ON COLUMN clean.weather_day.region IS 'The region, as in store.region.';
COMMENT ON COLUMN clean.weather_day.business_date IS 'Day on the calendar of the region.';
COMMENT ON COLUMN clean.weather_day.temperature_c IS 'Mean temperature of the day. Unit: °C.';
COMMENT ON COLUMN clean.weather_day.rain_mm IS 'Rain of the day; 0: it was dry. Unit: mm.';

CREATE SCHEMA IF NOT EXISTS gold;

CREATE TABLE IF NOT EXISTS gold.store_day (
    store_id bigint NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    is_open boolean NOT NULL ENCODE zstd,
    gross_sales decimal(18,2) NOT NULL ENCODE az64,
    discounts decimal(18,2) NOT NULL ENCODE az64,
    returns decimal(18,2) NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    cogs decimal(18,2) ENCODE az64,
    tax decimal(18,2) ENCODE az64,
    transactions bigint NOT NULL ENCODE az64,
    return_transactions bigint NOT NULL ENCODE az64,
    visit_transactions bigint ENCODE az64,
    units bigint NOT NULL ENCODE az64,
    visitors bigint ENCODE az64,
    PRIMARY KEY (store_id, business_date)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (business_date, store_id);
COMMENT ON TABLE gold.store_day IS 'KPIs of a store on a day, for every day from the first to the last of the data on which the store existed.';
COMMENT ON COLUMN gold.store_day.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_day.business_date IS 'The day.';
COMMENT ON COLUMN gold.store_day.is_open IS 'A visit or an in-store sale that day.';
COMMENT ON COLUMN gold.store_day.gross_sales IS 'Σ gross of sale lines.';
COMMENT ON COLUMN gold.store_day.discounts IS 'Σ discount of sale lines.';
COMMENT ON COLUMN gold.store_day.returns IS 'Σ net of return lines.';
COMMENT ON COLUMN gold.store_day.net_sales IS 'Gross sales − discounts − returns.';
COMMENT ON COLUMN gold.store_day.cogs IS 'Cost of goods sold: Σ unit_cost × quantity, sales − returns.';
COMMENT ON COLUMN gold.store_day.tax IS 'Σ tax, sales − returns.';
COMMENT ON COLUMN gold.store_day.transactions IS 'Sale receipts.';
COMMENT ON COLUMN gold.store_day.return_transactions IS 'Return receipts.';
COMMENT ON COLUMN gold.store_day.visit_transactions IS 'Visits that ended in a purchase.';
COMMENT ON COLUMN gold.store_day.units IS 'Σ quantity, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.store_day.visitors IS 'Visits.';

CREATE TABLE IF NOT EXISTS gold.store_month (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    open_days bigint NOT NULL ENCODE az64,
    gross_sales decimal(18,2) NOT NULL ENCODE az64,
    discounts decimal(18,2) NOT NULL ENCODE az64,
    returns decimal(18,2) NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    cogs decimal(18,2) ENCODE az64,
    tax decimal(18,2) ENCODE az64,
    transactions bigint NOT NULL ENCODE az64,
    return_transactions bigint NOT NULL ENCODE az64,
    visit_transactions bigint ENCODE az64,
    units bigint NOT NULL ENCODE az64,
    visitors bigint ENCODE az64,
    PRIMARY KEY (store_id, month)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month);
COMMENT ON TABLE gold.store_month IS 'KPIs of a store in a month: the sums of store_day.';
COMMENT ON COLUMN gold.store_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.store_month.open_days IS 'Days on which the store was open. Unit: days.';
COMMENT ON COLUMN gold.store_month.gross_sales IS 'Σ gross of sale lines.';
COMMENT ON COLUMN gold.store_month.discounts IS 'Σ discount of sale lines.';
COMMENT ON COLUMN gold.store_month.returns IS 'Σ net of return lines.';
COMMENT ON COLUMN gold.store_month.net_sales IS 'Gross sales − discounts − returns.';
COMMENT ON COLUMN gold.store_month.cogs IS 'Cost of goods sold: Σ unit_cost × quantity, sales − returns.';
COMMENT ON COLUMN gold.store_month.tax IS 'Σ tax, sales − returns.';
COMMENT ON COLUMN gold.store_month.transactions IS 'Sale receipts.';
COMMENT ON COLUMN gold.store_month.return_transactions IS 'Return receipts.';
COMMENT ON COLUMN gold.store_month.visit_transactions IS 'Visits that ended in a purchase.';
COMMENT ON COLUMN gold.store_month.units IS 'Σ quantity, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.store_month.visitors IS 'Visits.';

CREATE TABLE IF NOT EXISTS gold.store_date_hour (
    store_id bigint NOT NULL ENCODE az64,
    business_date date NOT NULL ENCODE raw,
    hour integer NOT NULL ENCODE az64,
    visitors bigint ENCODE az64,
    visit_transactions bigint ENCODE az64,
    transactions bigint NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    PRIMARY KEY (store_id, business_date, hour)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (business_date, store_id, hour);
COMMENT ON TABLE gold.store_date_hour IS 'Visits and sales of a store in one hour of one day, for each hour with a visit or a receipt.';
COMMENT ON COLUMN gold.store_date_hour.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_date_hour.business_date IS 'The day.';
COMMENT ON COLUMN gold.store_date_hour.hour IS 'Hour on the store''s clock. Unit: hour.';
COMMENT ON COLUMN gold.store_date_hour.visitors IS 'Visits that began in the hour.';
COMMENT ON COLUMN gold.store_date_hour.visit_transactions IS 'Those of these visits that ended in a purchase.';
COMMENT ON COLUMN gold.store_date_hour.transactions IS 'Sale receipts begun in the hour.';
COMMENT ON COLUMN gold.store_date_hour.net_sales IS 'Net of the receipts begun in the hour, sales − returns.';

CREATE TABLE IF NOT EXISTS gold.store_hour (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    weekday integer NOT NULL ENCODE az64,
    hour integer NOT NULL ENCODE az64,
    occurrences bigint NOT NULL ENCODE az64,
    visitors bigint ENCODE az64,
    visit_transactions bigint ENCODE az64,
    transactions bigint NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    PRIMARY KEY (store_id, month, weekday, hour)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month, weekday, hour);
COMMENT ON TABLE gold.store_hour IS 'The week of a store in a month: the sums of store_date_hour by weekday and hour.';
COMMENT ON COLUMN gold.store_hour.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_hour.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.store_hour.weekday IS '1 is Monday, 7 Sunday.';
COMMENT ON COLUMN gold.store_hour.hour IS 'Hour on the store''s clock. Unit: hour.';
COMMENT ON COLUMN gold.store_hour.occurrences IS 'Days of this weekday in the month on which the store was open. Unit: days.';
COMMENT ON COLUMN gold.store_hour.visitors IS 'Visits that began in the hour.';
COMMENT ON COLUMN gold.store_hour.visit_transactions IS 'Those of these visits that ended in a purchase.';
COMMENT ON COLUMN gold.store_hour.transactions IS 'Sale receipts begun in the hour.';
COMMENT ON COLUMN gold.store_hour.net_sales IS 'Net of the receipts begun in the hour, sales − returns.';

CREATE TABLE IF NOT EXISTS gold.store_category_month (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    category varchar(256) NOT NULL ENCODE zstd,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    cogs decimal(18,2) ENCODE az64,
    units bigint NOT NULL ENCODE az64,
    discounts decimal(18,2) NOT NULL ENCODE az64,
    stockout_days bigint ENCODE az64,
    product_days bigint ENCODE az64,
    PRIMARY KEY (store_id, month, category)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month, category);
COMMENT ON TABLE gold.store_category_month IS 'What a store sold of a category in a month: the sums of product_month; but its stock counts every listed product.';
COMMENT ON COLUMN gold.store_category_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_category_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.store_category_month.category IS 'The products'' category.';
COMMENT ON COLUMN gold.store_category_month.net_sales IS 'Σ net, sales − returns.';
COMMENT ON COLUMN gold.store_category_month.cogs IS 'Cost of goods sold: Σ unit_cost × quantity, sales − returns.';
COMMENT ON COLUMN gold.store_category_month.units IS 'Σ quantity, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.store_category_month.discounts IS 'Σ discount of sale lines.';
COMMENT ON COLUMN gold.store_category_month.stockout_days IS 'Product-days on which it was missing for some time; null without stock. Unit: days.';
COMMENT ON COLUMN gold.store_category_month.product_days IS 'Σ over listed products of the store''s open days; null without stock. Unit: days.';

CREATE TABLE IF NOT EXISTS gold.product_month (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    product_id bigint NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    cogs decimal(18,2) ENCODE az64,
    units bigint NOT NULL ENCODE az64,
    discounts decimal(18,2) NOT NULL ENCODE az64,
    stockout_days bigint ENCODE az64,
    product_days bigint ENCODE az64,
    PRIMARY KEY (store_id, month, product_id)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month, product_id);
COMMENT ON TABLE gold.product_month IS 'What a store sold of a product in a month, for each product on a receipt.';
COMMENT ON COLUMN gold.product_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.product_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.product_month.product_id IS 'The product. Refers to product.product_id.';
COMMENT ON COLUMN gold.product_month.net_sales IS 'Σ net, sales − returns.';
COMMENT ON COLUMN gold.product_month.cogs IS 'Cost of goods sold: Σ unit_cost × quantity, sales − returns.';
COMMENT ON COLUMN gold.product_month.units IS 'Σ quantity, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.product_month.discounts IS 'Σ discount of sale lines.';
COMMENT ON COLUMN gold.product_month.stockout_days IS 'Product-days on which it was missing for some time; null without stock. Unit: days.';
COMMENT ON COLUMN gold.product_month.product_days IS 'Σ over listed products of the store''s open days; null without stock. Unit: days.';

CREATE TABLE IF NOT EXISTS gold.customer_rfm (
    customer_id bigint NOT NULL ENCODE raw,
    recency_days bigint NOT NULL ENCODE az64,
    transactions bigint NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    segment varchar(8) NOT NULL ENCODE bytedict,
    PRIMARY KEY (customer_id)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (customer_id);
COMMENT ON TABLE gold.customer_rfm IS 'Recency, frequency and monetary value of each customer with at least one sale.';
COMMENT ON COLUMN gold.customer_rfm.customer_id IS 'The customer. Refers to customer.customer_id.';
COMMENT ON COLUMN gold.customer_rfm.recency_days IS 'From the last sale to the last day of the data. Unit: days.';
COMMENT ON COLUMN gold.customer_rfm.transactions IS 'Sale receipts.';
COMMENT ON COLUMN gold.customer_rfm.net_sales IS 'Net of the receipts, sales − returns.';
COMMENT ON COLUMN gold.customer_rfm.segment IS 'From fifths of the customers by recency, transactions and net sales.';

CREATE TABLE IF NOT EXISTS gold.customer_month (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    new_customers bigint NOT NULL ENCODE az64,
    returning_customers bigint NOT NULL ENCODE az64,
    PRIMARY KEY (store_id, month)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month);
COMMENT ON TABLE gold.customer_month IS 'How many customers bought in a store in a month, for each store and month with one.';
COMMENT ON COLUMN gold.customer_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.customer_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.customer_month.new_customers IS 'Those whose first sale, in any store, was in this month. Unit: customers.';
COMMENT ON COLUMN gold.customer_month.returning_customers IS 'Those who had bought before this month, in any store. Unit: customers.';

CREATE TABLE IF NOT EXISTS gold.basket_size_month (
    store_id bigint NOT NULL ENCODE raw,
    month varchar(256) NOT NULL ENCODE zstd,
    lines_bucket varchar(5) NOT NULL ENCODE bytedict,
    transactions bigint NOT NULL ENCODE az64,
    PRIMARY KEY (store_id, month, lines_bucket)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (store_id, month, lines_bucket);
COMMENT ON TABLE gold.basket_size_month IS 'Sale receipts of a store in a month by the number of their lines.';
COMMENT ON COLUMN gold.basket_size_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.basket_size_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.basket_size_month.lines_bucket IS 'Lines on the receipt.';
COMMENT ON COLUMN gold.basket_size_month.transactions IS 'Sale receipts.';

CREATE TABLE IF NOT EXISTS gold.promotion_result (
    promo_id bigint NOT NULL ENCODE raw,
    product_id bigint NOT NULL ENCODE az64,
    weeks_on bigint NOT NULL ENCODE az64,
    units_on bigint NOT NULL ENCODE az64,
    units_baseline decimal(18,2) ENCODE az64,
    discount decimal(18,2) NOT NULL ENCODE az64,
    net_sales decimal(18,2) NOT NULL ENCODE az64,
    PRIMARY KEY (promo_id, product_id)
)
DISTSTYLE EVEN
COMPOUND SORTKEY (promo_id, product_id);
COMMENT ON TABLE gold.promotion_result IS 'Sales of a promotion''s product, over all stores, in the whole weeks of the data that the promotion touches. Weeks begin on Monday.';
COMMENT ON COLUMN gold.promotion_result.promo_id IS 'The promotion. Refers to promotion.promo_id.';
COMMENT ON COLUMN gold.promotion_result.product_id IS 'A product of the promotion. Refers to product.product_id.';
COMMENT ON COLUMN gold.promotion_result.weeks_on IS 'Whole weeks of the data that the promotion touches; at least one. Unit: weeks.';
COMMENT ON COLUMN gold.promotion_result.units_on IS 'Σ quantity of the product in those weeks, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.promotion_result.units_baseline IS 'Mean units a week of the product''s latest promotion-free weeks before the promotion, four or what there is, × weeks_on; null without any. Unit: units.';
COMMENT ON COLUMN gold.promotion_result.discount IS 'Σ discount of the product''s sale lines in those weeks.';
COMMENT ON COLUMN gold.promotion_result.net_sales IS 'Σ net of the product in those weeks, sales − returns.';

CREATE TABLE IF NOT EXISTS gold.data_quality_day (
    table_name varchar(256) NOT NULL ENCODE zstd,
    feed_date date ENCODE raw,
    rule varchar(256) NOT NULL ENCODE zstd,
    rows_in bigint NOT NULL ENCODE az64,
    accepted bigint NOT NULL ENCODE az64,
    repaired bigint NOT NULL ENCODE az64,
    quarantined bigint NOT NULL ENCODE az64,
    duplicates bigint NOT NULL ENCODE az64
)
DISTSTYLE EVEN
COMPOUND SORTKEY (feed_date, table_name, rule);
COMMENT ON TABLE gold.data_quality_day IS 'What became of the rows that were delivered, by table, feed date and rule. Over all rules, rows_in = accepted + quarantined + duplicates.';
COMMENT ON COLUMN gold.data_quality_day.table_name IS 'Table of the lake.';
COMMENT ON COLUMN gold.data_quality_day.feed_date IS 'Day of delivery; null for snapshots.';
COMMENT ON COLUMN gold.data_quality_day.rule IS 'The rule; delivered for the row that counts all that came.';
COMMENT ON COLUMN gold.data_quality_day.rows_in IS 'Rows delivered; 0 but for delivered.';
COMMENT ON COLUMN gold.data_quality_day.accepted IS 'Rows that are in clean; 0 but for delivered.';
COMMENT ON COLUMN gold.data_quality_day.repaired IS 'Values that the rule set right.';
COMMENT ON COLUMN gold.data_quality_day.quarantined IS 'Rows that the rule refused.';
COMMENT ON COLUMN gold.data_quality_day.duplicates IS 'Rows dropped because they came before.';
