"""Credit communities and guaranteed micro-loans (信用社区、小额担保贷款): seeds S5 and S8."""
