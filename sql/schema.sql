-- The tables of the lake, for DuckDB and for PostgreSQL 15 or later. Made by
-- `retailsim schema --format sql`; change src/model/tables/ instead.
--
-- A schema is a folder of the lake. References are told in comments and not enforced: a lake
-- that holds only some days lacks, say, the sale that a later return names.

CREATE SCHEMA IF NOT EXISTS clean;

CREATE TABLE clean.store (
    store_id bigint NOT NULL,
    name varchar NOT NULL,
    format varchar CHECK (format IN ('CONVENIENCE', 'SUPERMARKET', 'HYPERMARKET', 'BOUTIQUE', 'OUTLET')),
    region varchar,
    city varchar,
    latitude decimal(9,6) CHECK (latitude BETWEEN -90.000000 AND 90.000000),
    longitude decimal(9,6) CHECK (longitude BETWEEN -180.000000 AND 180.000000),
    sales_area_sqm integer CHECK (sales_area_sqm >= 1),
    opened_on date,
    closed_on date,
    open_hour integer CHECK (open_hour BETWEEN 0 AND 23),
    close_hour integer CHECK (close_hour BETWEEN 1 AND 24),
    timezone varchar,
    currency varchar NOT NULL,
    PRIMARY KEY (store_id)
);
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

CREATE TABLE clean.product (
    product_id bigint NOT NULL,
    gtin varchar,
    name varchar NOT NULL,
    department varchar,
    category varchar NOT NULL,
    subcategory varchar,
    brand varchar,
    is_private_label boolean,
    tax_rate decimal(9,4) CHECK (tax_rate BETWEEN 0.0000 AND 1.0000),
    launched_on date,
    delisted_on date,
    PRIMARY KEY (product_id)
);
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

CREATE TABLE clean.price (
    product_id bigint NOT NULL,
    zone varchar NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    list_price decimal(12,2) NOT NULL CHECK (list_price >= 0.00),
    unit_cost decimal(12,2) CHECK (unit_cost >= 0.00),
    PRIMARY KEY (product_id, zone, valid_from)
);
COMMENT ON TABLE clean.price IS 'List price and cost of a product in a price zone (a region) for a span of days.';
COMMENT ON COLUMN clean.price.product_id IS 'The product. Refers to product.product_id.';
COMMENT ON COLUMN clean.price.zone IS 'The region in which this price holds.';
COMMENT ON COLUMN clean.price.valid_from IS 'First day of this price.';
COMMENT ON COLUMN clean.price.valid_to IS 'Last day of this price; null: no end.';
COMMENT ON COLUMN clean.price.list_price IS 'Shelf price without tax.';
COMMENT ON COLUMN clean.price.unit_cost IS 'What one unit costs the chain.';

CREATE TABLE clean.promotion (
    promo_id bigint NOT NULL,
    kind varchar NOT NULL CHECK (kind IN ('PRICE_CUT', 'MAILER', 'DISPLAY')),
    depth_pct integer CHECK (depth_pct BETWEEN 0 AND 100),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    PRIMARY KEY (promo_id)
);
COMMENT ON TABLE clean.promotion IS 'A price reduction for some products and days.';
COMMENT ON COLUMN clean.promotion.promo_id IS 'Identifies the promotion.';
COMMENT ON COLUMN clean.promotion.kind IS 'How shoppers learn of it.';
COMMENT ON COLUMN clean.promotion.depth_pct IS 'Share taken off the list price. Unit: %.';
COMMENT ON COLUMN clean.promotion.starts_on IS 'First day.';
COMMENT ON COLUMN clean.promotion.ends_on IS 'Last day.';

CREATE TABLE clean.promotion_product (
    promo_id bigint NOT NULL,
    product_id bigint NOT NULL,
    PRIMARY KEY (promo_id, product_id)
);
COMMENT ON TABLE clean.promotion_product IS 'Which products a promotion covers.';
COMMENT ON COLUMN clean.promotion_product.promo_id IS 'The promotion. Refers to promotion.promo_id.';
COMMENT ON COLUMN clean.promotion_product.product_id IS 'A product on promotion. Refers to product.product_id.';

CREATE TABLE clean.customer (
    customer_id bigint NOT NULL,
    household_id bigint NOT NULL,
    home_store_id bigint NOT NULL,
    segment varchar CHECK (segment IN ('SINGLE', 'COUPLE', 'FAMILY', 'SENIOR')),
    loyalty_tier varchar CHECK (loyalty_tier IN ('BASIC', 'SILVER', 'GOLD')),
    joined_on date,
    birth_year integer CHECK (birth_year BETWEEN 1900 AND 2100),
    name varchar NOT NULL,
    email varchar,
    PRIMARY KEY (customer_id)
);
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

CREATE TABLE clean.transaction (
    transaction_id bigint NOT NULL,
    store_id bigint NOT NULL,
    business_date date NOT NULL,
    local_hour integer NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    begin_at timestamp with time zone NOT NULL,
    channel varchar NOT NULL CHECK (channel IN ('STORE', 'ONLINE', 'CLICK_AND_COLLECT')),
    kind varchar NOT NULL CHECK (kind IN ('SALE', 'RETURN')),
    original_transaction_id bigint,
    customer_id bigint,
    tender varchar CHECK (tender IN ('CARD', 'CASH', 'MOBILE', 'VOUCHER')),
    gross decimal(12,2) NOT NULL CHECK (gross >= 0.00),
    discount decimal(12,2) NOT NULL CHECK (discount >= 0.00),
    net decimal(12,2) NOT NULL CHECK (net >= 0.00),
    tax decimal(12,2) CHECK (tax >= 0.00),
    total decimal(12,2) CHECK (total >= 0.00),
    PRIMARY KEY (transaction_id)
);
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

CREATE TABLE clean.transaction_line (
    transaction_id bigint NOT NULL,
    line_number integer NOT NULL CHECK (line_number >= 1),
    kind varchar NOT NULL CHECK (kind IN ('SALE', 'RETURN')),
    store_id bigint NOT NULL,
    business_date date NOT NULL,
    product_id bigint NOT NULL,
    quantity integer NOT NULL CHECK (quantity >= 1),
    list_price decimal(12,2) NOT NULL CHECK (list_price >= 0.00),
    gross decimal(12,2) NOT NULL CHECK (gross >= 0.00),
    discount decimal(12,2) NOT NULL CHECK (discount >= 0.00),
    net decimal(12,2) NOT NULL CHECK (net >= 0.00),
    promo_id bigint,
    unit_cost decimal(12,2) CHECK (unit_cost >= 0.00),
    tax decimal(12,2) CHECK (tax >= 0.00),
    PRIMARY KEY (transaction_id, line_number)
);
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

CREATE TABLE clean.visit (
    visit_id bigint NOT NULL,
    store_id bigint NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    business_date date NOT NULL,
    local_hour integer NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    dwell_s integer CHECK (dwell_s >= 0),
    customer_id bigint,
    party_size integer CHECK (party_size >= 1),
    mission varchar CHECK (mission IN ('FILL_IN', 'STOCK_UP', 'BROWSE', 'PICKUP')),
    transaction_id bigint,
    PRIMARY KEY (visit_id)
);
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

CREATE TABLE clean.inventory_day (
    store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    business_date date NOT NULL,
    on_hand_close integer NOT NULL CHECK (on_hand_close >= 0),
    received integer NOT NULL CHECK (received >= 0),
    waste integer NOT NULL CHECK (waste >= 0),
    adjustment integer NOT NULL,
    minutes_out_of_stock integer NOT NULL CHECK (minutes_out_of_stock BETWEEN 0 AND 1440),
    PRIMARY KEY (store_id, product_id, business_date)
);
COMMENT ON TABLE clean.inventory_day IS 'What happened to a product''s stock in a store on a day beside sales: only days on which goods came in, spoiled, were corrected or were missing. Returned goods are not put back.';
COMMENT ON COLUMN clean.inventory_day.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN clean.inventory_day.product_id IS 'The product. Refers to product.product_id.';
COMMENT ON COLUMN clean.inventory_day.business_date IS 'Day on the store''s calendar.';
COMMENT ON COLUMN clean.inventory_day.on_hand_close IS 'Units in the store at the end of the day, after the night''s delivery. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.received IS 'Units that came in, mostly in the night after closing. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.waste IS 'Units thrown away because they were too old. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.adjustment IS 'Negative: units that a count found missing, or that the delivery took back. Unit: units.';
COMMENT ON COLUMN clean.inventory_day.minutes_out_of_stock IS 'Opening time during which none was on the shelf. Unit: minutes.';

CREATE TABLE clean.weather_day (
    region varchar NOT NULL,
    business_date date NOT NULL,
    temperature_c decimal(9,1) NOT NULL CHECK (temperature_c BETWEEN -90.0 AND 60.0),
    rain_mm decimal(9,1) NOT NULL CHECK (rain_mm >= 0.0),
    PRIMARY KEY (region, business_date)
);
COMMENT ON TABLE clean.weather_day IS 'The weather of a region on a day, as its station has measured it.';
COMMENT ON COLUMN clean.weather_day.region IS 'The region, as in store.region.';
COMMENT ON COLUMN clean.weather_day.business_date IS 'Day on the calendar of the region.';
COMMENT ON COLUMN clean.weather_day.temperature_c IS 'Mean temperature of the day. Unit: °C.';
COMMENT ON COLUMN clean.weather_day.rain_mm IS 'Rain of the day; 0: it was dry. Unit: mm.';

CREATE SCHEMA IF NOT EXISTS gold;

CREATE TABLE gold.store_day (
    store_id bigint NOT NULL,
    business_date date NOT NULL,
    is_open boolean NOT NULL,
    gross_sales decimal(18,2) NOT NULL,
    discounts decimal(18,2) NOT NULL,
    returns decimal(18,2) NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    cogs decimal(18,2),
    tax decimal(18,2),
    transactions bigint NOT NULL,
    return_transactions bigint NOT NULL,
    visit_transactions bigint,
    units bigint NOT NULL,
    visitors bigint,
    PRIMARY KEY (store_id, business_date)
);
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

CREATE TABLE gold.store_month (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    open_days bigint NOT NULL,
    gross_sales decimal(18,2) NOT NULL,
    discounts decimal(18,2) NOT NULL,
    returns decimal(18,2) NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    cogs decimal(18,2),
    tax decimal(18,2),
    transactions bigint NOT NULL,
    return_transactions bigint NOT NULL,
    visit_transactions bigint,
    units bigint NOT NULL,
    visitors bigint,
    PRIMARY KEY (store_id, month)
);
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

CREATE TABLE gold.store_date_hour (
    store_id bigint NOT NULL,
    business_date date NOT NULL,
    hour integer NOT NULL CHECK (hour BETWEEN 0 AND 23),
    visitors bigint,
    visit_transactions bigint,
    transactions bigint NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    PRIMARY KEY (store_id, business_date, hour)
);
COMMENT ON TABLE gold.store_date_hour IS 'Visits and sales of a store in one hour of one day, for each hour with a visit or a receipt.';
COMMENT ON COLUMN gold.store_date_hour.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.store_date_hour.business_date IS 'The day.';
COMMENT ON COLUMN gold.store_date_hour.hour IS 'Hour on the store''s clock. Unit: hour.';
COMMENT ON COLUMN gold.store_date_hour.visitors IS 'Visits that began in the hour.';
COMMENT ON COLUMN gold.store_date_hour.visit_transactions IS 'Those of these visits that ended in a purchase.';
COMMENT ON COLUMN gold.store_date_hour.transactions IS 'Sale receipts begun in the hour.';
COMMENT ON COLUMN gold.store_date_hour.net_sales IS 'Net of the receipts begun in the hour, sales − returns.';

CREATE TABLE gold.store_hour (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    hour integer NOT NULL CHECK (hour BETWEEN 0 AND 23),
    occurrences bigint NOT NULL,
    visitors bigint,
    visit_transactions bigint,
    transactions bigint NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    PRIMARY KEY (store_id, month, weekday, hour)
);
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

CREATE TABLE gold.store_category_month (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    category varchar NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    cogs decimal(18,2),
    units bigint NOT NULL,
    discounts decimal(18,2) NOT NULL,
    stockout_days bigint,
    product_days bigint,
    PRIMARY KEY (store_id, month, category)
);
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

CREATE TABLE gold.product_month (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    product_id bigint NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    cogs decimal(18,2),
    units bigint NOT NULL,
    discounts decimal(18,2) NOT NULL,
    stockout_days bigint,
    product_days bigint,
    PRIMARY KEY (store_id, month, product_id)
);
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

CREATE TABLE gold.customer_rfm (
    customer_id bigint NOT NULL,
    recency_days bigint NOT NULL,
    transactions bigint NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    segment varchar NOT NULL CHECK (segment IN ('CHAMPION', 'LOYAL', 'NEW', 'AT_RISK', 'LOST', 'OTHER')),
    PRIMARY KEY (customer_id)
);
COMMENT ON TABLE gold.customer_rfm IS 'Recency, frequency and monetary value of each customer with at least one sale.';
COMMENT ON COLUMN gold.customer_rfm.customer_id IS 'The customer. Refers to customer.customer_id.';
COMMENT ON COLUMN gold.customer_rfm.recency_days IS 'From the last sale to the last day of the data. Unit: days.';
COMMENT ON COLUMN gold.customer_rfm.transactions IS 'Sale receipts.';
COMMENT ON COLUMN gold.customer_rfm.net_sales IS 'Net of the receipts, sales − returns.';
COMMENT ON COLUMN gold.customer_rfm.segment IS 'From fifths of the customers by recency, transactions and net sales.';

CREATE TABLE gold.customer_month (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    new_customers bigint NOT NULL,
    returning_customers bigint NOT NULL,
    PRIMARY KEY (store_id, month)
);
COMMENT ON TABLE gold.customer_month IS 'How many customers bought in a store in a month, for each store and month with one.';
COMMENT ON COLUMN gold.customer_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.customer_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.customer_month.new_customers IS 'Those whose first sale, in any store, was in this month. Unit: customers.';
COMMENT ON COLUMN gold.customer_month.returning_customers IS 'Those who had bought before this month, in any store. Unit: customers.';

CREATE TABLE gold.basket_size_month (
    store_id bigint NOT NULL,
    month varchar NOT NULL,
    lines_bucket varchar NOT NULL CHECK (lines_bucket IN ('1', '2-3', '4-6', '7-10', '11-20', '21+')),
    transactions bigint NOT NULL,
    PRIMARY KEY (store_id, month, lines_bucket)
);
COMMENT ON TABLE gold.basket_size_month IS 'Sale receipts of a store in a month by the number of their lines.';
COMMENT ON COLUMN gold.basket_size_month.store_id IS 'The store. Refers to store.store_id.';
COMMENT ON COLUMN gold.basket_size_month.month IS 'The month, YYYY-MM.';
COMMENT ON COLUMN gold.basket_size_month.lines_bucket IS 'Lines on the receipt.';
COMMENT ON COLUMN gold.basket_size_month.transactions IS 'Sale receipts.';

CREATE TABLE gold.promotion_result (
    promo_id bigint NOT NULL,
    product_id bigint NOT NULL,
    weeks_on bigint NOT NULL,
    units_on bigint NOT NULL,
    units_baseline decimal(18,2),
    discount decimal(18,2) NOT NULL,
    net_sales decimal(18,2) NOT NULL,
    PRIMARY KEY (promo_id, product_id)
);
COMMENT ON TABLE gold.promotion_result IS 'Sales of a promotion''s product, over all stores, in the whole weeks of the data that the promotion touches. Weeks begin on Monday.';
COMMENT ON COLUMN gold.promotion_result.promo_id IS 'The promotion. Refers to promotion.promo_id.';
COMMENT ON COLUMN gold.promotion_result.product_id IS 'A product of the promotion. Refers to product.product_id.';
COMMENT ON COLUMN gold.promotion_result.weeks_on IS 'Whole weeks of the data that the promotion touches; at least one. Unit: weeks.';
COMMENT ON COLUMN gold.promotion_result.units_on IS 'Σ quantity of the product in those weeks, sales − returns. Unit: units.';
COMMENT ON COLUMN gold.promotion_result.units_baseline IS 'Mean units a week of the product''s latest promotion-free weeks before the promotion, four or what there is, × weeks_on; null without any. Unit: units.';
COMMENT ON COLUMN gold.promotion_result.discount IS 'Σ discount of the product''s sale lines in those weeks.';
COMMENT ON COLUMN gold.promotion_result.net_sales IS 'Σ net of the product in those weeks, sales − returns.';

CREATE TABLE gold.data_quality_day (
    table_name varchar NOT NULL,
    feed_date date,
    rule varchar NOT NULL,
    rows_in bigint NOT NULL,
    accepted bigint NOT NULL,
    repaired bigint NOT NULL,
    quarantined bigint NOT NULL,
    duplicates bigint NOT NULL
);
COMMENT ON TABLE gold.data_quality_day IS 'What became of the rows that were delivered, by table, feed date and rule. Over all rules, rows_in = accepted + quarantined + duplicates.';
COMMENT ON COLUMN gold.data_quality_day.table_name IS 'Table of the lake.';
COMMENT ON COLUMN gold.data_quality_day.feed_date IS 'Day of delivery; null for snapshots.';
COMMENT ON COLUMN gold.data_quality_day.rule IS 'The rule; delivered for the row that counts all that came.';
COMMENT ON COLUMN gold.data_quality_day.rows_in IS 'Rows delivered; 0 but for delivered.';
COMMENT ON COLUMN gold.data_quality_day.accepted IS 'Rows that are in clean; 0 but for delivered.';
COMMENT ON COLUMN gold.data_quality_day.repaired IS 'Values that the rule set right.';
COMMENT ON COLUMN gold.data_quality_day.quarantined IS 'Rows that the rule refused.';
COMMENT ON COLUMN gold.data_quality_day.duplicates IS 'Rows dropped because they came before.';
