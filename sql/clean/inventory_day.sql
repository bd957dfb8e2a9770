-- inventory_day: delivered days of stock -> clean ones. See transaction_line.sql.
--
-- Reads raw_inventory_day (with feed_date and feed_row) and the clean tables store and product. A
-- number that is missing or out of range is not mended: the row is refused.
with
first_delivery as (
    select * from raw_inventory_day
    qualify row_number() over (
        partition by store_id, product_id, business_date order by feed_date, feed_row
    ) = 1
)
select
    day.store_id, day.product_id, day.business_date, day.on_hand_close, day.received, day.waste,
    day.adjustment, day.minutes_out_of_stock
from first_delivery as day
join store using (store_id)
join product using (product_id)
where day.on_hand_close >= 0 and day.received >= 0 and day.waste >= 0
  and day.adjustment is not null and day.minutes_out_of_stock between 0 and 1440
