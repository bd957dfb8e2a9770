-- visit: delivered visits -> clean visits. See transaction_line.sql.
--
-- Reads raw_visit (with feed_date and feed_row) and the clean tables store and customer.
with
first_delivery as (
    select * from raw_visit
    qualify row_number() over (partition by visit_id order by feed_date, feed_row) = 1
)
select
    visit.visit_id, visit.store_id, visit.entered_at, visit.business_date, visit.local_hour,
    visit.dwell_s, customer.customer_id, visit.party_size, visit.mission, visit.transaction_id
from first_delivery as visit
join store using (store_id)
left join customer on customer.customer_id = visit.customer_id
