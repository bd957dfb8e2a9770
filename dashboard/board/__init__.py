"""What the pages of the dashboard share. No rule of the business is here: sums of columns of the
published KPI tables, and quotients of such sums."""
