// The charts that the report draws, and nothing else: half of the whole library, drawn as SVG so that they print.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  AriaComponent, BarChart, DatasetComponent, GridComponent, HeatmapChart, LegendComponent, LineChart, PieChart, SVGRenderer,
  TitleComponent, TooltipComponent, VisualMapComponent,
]);

export * from "echarts/core";
