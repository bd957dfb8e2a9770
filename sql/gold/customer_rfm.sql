-- customer_rfm: how lately, how often and for how much each customer buys, and a segment of it.
--
-- Reads the clean tables transaction, transaction_line and visit (the last two for the last day
-- of the data). One row for each customer with at least one SALE: recency_days from the last of
-- them to the last business_date of the data, transactions the number of them, net_sales the
-- net of the customer's receipts, SALE − RETURN.
--
-- A score from 1 to 5 each for recency, transactions and net sales: how many whole fifths of
-- the customers are worse (bought less recently, less often, for less), and one. Equal customers
-- have equal scores. The segment is the first that fits:
--   CHAMPION  4 or 5 in all three
--   LOYAL     at least 3 in recency and transactions
--   NEW       4 or 5 in recency: lately, and not often
--   AT_RISK   1 or 2 in recency, at least 3 in transactions: often, and no longer
--   LOST      1 or 2 in recency
--   OTHER     the rest
-- "A score of at least s" is 5 × worse >= (s − 1) × customers, in whole numbers.
with
digit as (
    select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
    union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
calendar as (  -- 1900 to 2173: days counted without the date functions in which dialects differ
    select n as day_number, date '1900-01-01' + n as business_date
    from (
        select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
        from digit as a cross join digit as b cross join digit as c cross join digit as e
        cross join digit as f
    ) as whole_number
),
span as (
    select max(business_date) as data_through
    from (
        select business_date from transaction_line
        union all select business_date from transaction
        union all select business_date from visit
    ) as dated
),
customer_sum as (
    select
        customer_id,
        max(case when kind = 'SALE' then business_date end) as last_sale_on,
        sum(case when kind = 'SALE' then 1 else 0 end) as transactions,
        sum(case when kind = 'SALE' then net else -net end) as net_sales
    from transaction
    where customer_id is not null
    group by customer_id
),
buyer as (
    select
        customer_sum.customer_id,
        last_day.day_number - last_sale.day_number as recency_days,
        customer_sum.transactions,
        customer_sum.net_sales
    from customer_sum
    cross join span
    inner join calendar as last_sale on last_sale.business_date = customer_sum.last_sale_on
    inner join calendar as last_day on last_day.business_date = span.data_through
    where customer_sum.transactions > 0
),
ranked as (
    select
        customer_id,
        recency_days,
        transactions,
        net_sales,
        5 * (rank() over (order by recency_days desc) - 1) as worse_recency,
        5 * (rank() over (order by transactions) - 1) as worse_transactions,
        5 * (rank() over (order by net_sales) - 1) as worse_net_sales,
        count(*) over () as customers
    from buyer
)
select
    customer_id,
    cast(recency_days as bigint) as recency_days,
    cast(transactions as bigint) as transactions,
    cast(net_sales as decimal(18, 2)) as net_sales,
    case
        when worse_recency >= 3 * customers and worse_transactions >= 3 * customers
            and worse_net_sales >= 3 * customers then 'CHAMPION'
        when worse_recency >= 2 * customers and worse_transactions >= 2 * customers then 'LOYAL'
        when worse_recency >= 3 * customers then 'NEW'
        when worse_recency < 2 * customers and worse_transactions >= 2 * customers then 'AT_RISK'
        when worse_recency < 2 * customers then 'LOST'
        else 'OTHER'
    end as segment
from ranked
order by customer_id
