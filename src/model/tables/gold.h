// The KPI tables. They hold additive parts, never ratios, so that any filter and any
// roll-up of their rows is exact. Each is also stated in sql/gold/<table>.sql.
#pragma once

#include "model/tables/gold/baskets.h"
#include "model/tables/gold/customers.h"
#include "model/tables/gold/product_sales.h"
#include "model/tables/gold/promotions.h"
#include "model/tables/gold/quality.h"
#include "model/tables/gold/store_hours.h"
#include "model/tables/gold/store_kpis.h"
