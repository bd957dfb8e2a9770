-- transaction_line: delivered lines -> clean lines. A second statement of what clean does, by which
-- the C++ pass is tested and against which it is measured. It needs medians, so it is DuckDB's SQL.
--
-- Reads raw_transaction_line (raw rows with their feed_date and feed_row, the place in the delivery)
-- and the clean tables store, product and price. The rules and their order are those of
-- src/model/quality.h; what they refuse is not here.
with
first_delivery as (  -- duplicate
    select * from raw_transaction_line
    qualify row_number() over (partition by transaction_id, line_number
                               order by feed_date, feed_row) = 1
),
known as (  -- orphan, sign_flip
    select
        line.transaction_id, line.line_number, line.kind, line.store_id, line.business_date,
        line.product_id, line.promo_id, product.category, product.tax_rate,
        abs(line.quantity) as quantity, abs(line.list_price) as list_price,
        abs(line.gross) as gross, abs(line.discount) as discount, abs(line.net) as net,
        abs(line.unit_cost) as unit_cost, abs(line.tax) as tax,
        price.list_price as listed_price, price.unit_cost as listed_cost
    from first_delivery as line
    join store on store.store_id = line.store_id
    join product on product.product_id = line.product_id
    left join price
        on price.product_id = line.product_id and price.zone = store.region
        and line.business_date >= price.valid_from
        and line.business_date <= coalesce(price.valid_to, date '9999-12-31')
),
filled as (  -- null_value
    select * replace (
        coalesce(list_price, case when kind = 'SALE' then listed_price end) as list_price,
        coalesce(unit_cost, listed_cost) as unit_cost,
        coalesce(gross, net + discount) as gross,
        coalesce(discount, case when gross >= net then gross - net end) as discount,
        coalesce(net, case when gross >= discount then gross - discount end) as net
    )
    from known
),
added_up as (  -- unit_slip of gross, discount, net: the one that makes them add up
    select *,
        gross <> net + discount as is_off,
        net > 0 and net = 100 * (gross - discount) as net_slipped,
        gross > 0 and gross = 100 * (net + discount) as gross_slipped,
        discount > 0 and discount = 100 * (gross - net) as discount_slipped
    from filled
),
amounts as (
    select * replace (
        case when is_off and net_slipped then net / 100 else net end::decimal(12, 2) as net,
        case when is_off and not net_slipped and gross_slipped then gross / 100
             else gross end::decimal(12, 2) as gross,
        case when is_off and not net_slipped and not gross_slipped and discount_slipped
             then discount / 100 else discount end::decimal(12, 2) as discount
    )
    from added_up
),
list_prices as (  -- unit_slip of list_price: about a hundred times the listed one
    select * replace (
        case when quantity * list_price <> gross and list_price > 0 and list_price % 1 = 0
                  and (coalesce(list_price > 50 * listed_price and list_price < 200 * listed_price,
                                false)
                       or quantity * list_price = 100 * gross)
             then list_price / 100 else list_price end::decimal(12, 2) as list_price
    )
    from amounts
),
prices as (  -- unit_slip of unit_cost and tax
    select * replace (
        case when unit_cost > list_price and unit_cost % 1 = 0
                  and unit_cost > 50 * listed_cost and unit_cost < 200 * listed_cost
             then unit_cost / 100 else unit_cost end::decimal(12, 2) as unit_cost,
        case when tax > net and tax % 1 = 0 and tax = 100 * round(net * tax_rate, 2)
             then tax / 100 else tax end::decimal(12, 2) as tax
    )
    from list_prices
),
quantities as (  -- null_value of quantity
    select * replace (
        coalesce(quantity, case when list_price > 0 and gross >= list_price
                                     and gross % list_price = 0
                                then (gross / list_price)::integer end) as quantity
    )
    from prices
),
mended as (  -- without a listed price, what was paid says it
    select * replace (
        coalesce(list_price,
                 case when quantity > 0 and (100 * gross)::bigint % quantity = 0
                      then (100 * gross)::bigint // quantity / 100 end)::decimal(12, 2)
            as list_price
    )
    from quantities
),
possible as (  -- missing, amounts, measure_range
    select *,
        date_trunc('month', business_date) as month,
        ln(quantity) as log_quantity,
        case when gross > 0 then ln((100 * gross)::double) - ln(quantity) end as log_price
    from mended
    where quantity >= 1 and list_price is not null and gross = net + discount
),
by_product as (
    select product_id, month, count(*) as lines, median(log_price) as own_price,
           median(log_quantity) as own_quantity, mad(log_price) as price_mad,
           mad(log_quantity) as quantity_mad
    from possible
    group by product_id, month
),
relative as (  -- prices as parts of the listed price, or of the product's own
    select possible.*, by_product.lines,
        log_price - coalesce(ln((100 * nullif(listed_price, 0))::double), own_price) as log_part
    from possible join by_product using (product_id, month)
),
by_category as (
    select category, month, count(*) as its_lines, median(log_part) as its_price,
           median(log_quantity) as its_quantity, mad(log_part) as its_price_mad,
           mad(log_quantity) as its_quantity_mad
    from relative
    group by category, month
    having count(*) >= 20
),
product_tail as (
    select product_id, month, sqrt(avg(power(log_quantity - own_quantity, 2))) as tail
    from possible join by_product using (product_id, month)
    where lines >= 100
      and abs(log_quantity - own_quantity)
          <= 5 * least(greatest(1.4826 * quantity_mad, 0.5), 0.556)
    group by product_id, month
),
category_tail as (
    select category, month, sqrt(avg(power(log_quantity - its_quantity, 2))) as tail
    from relative join by_category using (category, month)
    where its_lines >= 100
      and abs(log_quantity - its_quantity)
          <= 5 * least(greatest(1.4826 * its_quantity_mad, 0.5), 0.556)
    group by category, month
),
judged as (  -- price_outlier, quantity_outlier: by the product, or by its category when it is small
    select line.*,
        case when line.lines >= 20 then abs(log_price - own_price)
             else abs(log_part - its_price) end as price_distance,
        case when line.lines >= 20 then by_product.price_mad
             else its_price_mad end as price_mad,
        case when line.lines >= 20 then abs(log_quantity - own_quantity)
             else abs(log_quantity - its_quantity) end as quantity_distance,
        case when line.lines >= 20 then by_product.quantity_mad
             else its_quantity_mad end as quantity_mad,
        case when line.lines >= 20 then product_tail.tail else category_tail.tail end as tail
    from relative as line
    join by_product using (product_id, month)
    left join by_category using (category, month)
    left join product_tail using (product_id, month)
    left join category_tail using (category, month)
)
select transaction_id, line_number, kind, store_id, business_date, product_id, quantity, list_price,
       gross, discount, net, promo_id, unit_cost, tax
from judged
where not coalesce(price_distance > 5 * greatest(1.4826 * price_mad, 0.25), false)
  and not coalesce(quantity_distance
                   > 5 * least(greatest(1.4826 * quantity_mad, 0.5, 1.4 * coalesce(tail, 0)), 0.556),
                   false)
