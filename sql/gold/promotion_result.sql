-- promotion_result: what a product sold while on promotion, beside what it sells without.
--
-- Reads the clean tables promotion, promotion_product, product, transaction_line, and transaction
-- and visit for the days that the data covers. Weeks run from Monday to Sunday, counted from
-- Monday, 1 January 1900, without the date functions in which dialects differ. Only whole weeks
-- count: weeks whose seven days lie between the first and the last business_date of the data.
--
-- One row for each promotion and each of its products, where the promotion touches a whole week
-- (weeks_on of them). units_on, discount and net_sales are of all lines of the product in those
-- weeks, over all stores: units and net_sales SALE − RETURN, discount of SALE lines. So they are
-- comparable with the baseline; where two promotions of a product share a week, both have it.
--
-- A promotion-free week of the product is a whole week before the week in which the promotion
-- starts, in which no line of the product carries a promo_id and no promotion that lists it runs,
-- and which does not begin before the product was launched. units_baseline is the mean of the
-- units of the 4 latest of them (a week without lines counts 0; of fewer, where there are not 4)
-- × weeks_on; null where there is none. Only thirds need rounding, so no dialect's ties matter.
with
digit as (
    select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
    union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
whole_number as (  -- 0 to 99,999: the days from 1900 to 2173
    select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
    from digit as a cross join digit as b cross join digit as c cross join digit as e
    cross join digit as f
),
span as (
    select min(business_date) as data_from, max(business_date) as data_through
    from (
        select business_date from transaction_line
        union all select business_date from transaction
        union all select business_date from visit
    ) as dated
),
week as (  -- the whole weeks, by the Monday they begin on
    select date '1900-01-01' + whole_number.n as monday
    from whole_number
    cross join span
    where whole_number.n % 7 = 0
      and date '1900-01-01' + whole_number.n >= span.data_from
      and date '1900-01-01' + whole_number.n + 6 <= span.data_through
),
week_day as (
    select week.monday, week.monday + digit.d as business_date
    from week
    cross join digit
    where digit.d < 7
),
product_week as (
    select
        transaction_line.product_id,
        week_day.monday,
        sum(case when kind = 'SALE' then quantity else -quantity end) as units,
        sum(case when kind = 'SALE' then discount else 0 end) as discount,
        sum(case when kind = 'SALE' then net else -net end) as net_sales,
        count(promo_id) as promoted_lines
    from transaction_line
    inner join week_day on week_day.business_date = transaction_line.business_date
    group by transaction_line.product_id, week_day.monday
),
covered as (  -- the whole weeks that each promotion of a product touches
    select
        promotion.promo_id,
        promotion_product.product_id,
        week.monday
    from promotion
    inner join promotion_product on promotion_product.promo_id = promotion.promo_id
    inner join week
        on week.monday <= promotion.ends_on
        and week.monday + 6 >= promotion.starts_on
    where promotion.starts_on <= promotion.ends_on
),
on_promotion as (
    select
        covered.promo_id,
        covered.product_id,
        count(*) as weeks_on,
        sum(coalesce(product_week.units, 0)) as units_on,
        sum(coalesce(product_week.discount, 0)) as discount,
        sum(coalesce(product_week.net_sales, 0)) as net_sales
    from covered
    left join product_week
        on product_week.product_id = covered.product_id
        and product_week.monday = covered.monday
    group by covered.promo_id, covered.product_id
),
promoted_product as (
    select distinct product_id from covered
),
busy as (  -- weeks of a product with a promotion, listed or on a receipt
    select product_id, monday from covered
    union
    select product_id, monday from product_week where promoted_lines > 0
),
free_week as (
    select
        promoted_product.product_id,
        week.monday,
        coalesce(product_week.units, 0) as units
    from promoted_product
    inner join product on product.product_id = promoted_product.product_id
    cross join week
    left join product_week
        on product_week.product_id = promoted_product.product_id
        and product_week.monday = week.monday
    left join busy
        on busy.product_id = promoted_product.product_id
        and busy.monday = week.monday
    where busy.product_id is null
      and (product.launched_on is null or week.monday >= product.launched_on)
),
week_before as (
    select
        on_promotion.promo_id,
        on_promotion.product_id,
        free_week.units,
        row_number() over (
            partition by on_promotion.promo_id, on_promotion.product_id
            order by free_week.monday desc
        ) as place
    from on_promotion
    inner join promotion on promotion.promo_id = on_promotion.promo_id
    inner join free_week
        on free_week.product_id = on_promotion.product_id
        and free_week.monday + 6 < promotion.starts_on
),
baseline as (
    select promo_id, product_id, sum(units) as units, count(*) as weeks
    from week_before
    where place <= 4
    group by promo_id, product_id
)
select
    on_promotion.promo_id,
    on_promotion.product_id,
    cast(on_promotion.weeks_on as bigint) as weeks_on,
    cast(on_promotion.units_on as bigint) as units_on,
    cast(1.00 * baseline.units * on_promotion.weeks_on / baseline.weeks
         as decimal(18, 2)) as units_baseline,
    cast(on_promotion.discount as decimal(18, 2)) as discount,
    cast(on_promotion.net_sales as decimal(18, 2)) as net_sales
from on_promotion
left join baseline
    on baseline.promo_id = on_promotion.promo_id
    and baseline.product_id = on_promotion.product_id
order by promo_id, product_id
