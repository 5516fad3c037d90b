package org.example.activations;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws all curves into one picture. */
final class CurvePicture {
  /** Told apart by the colour-blind, too (Okabe and Ito). */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0x56B4E9),
          new Color(0xCC79A7),
          new Color(0x0072B2));

  private CurvePicture() {}

  static void write(List<Curve> curves, Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart(curves), file.toString(), BitmapFormat.PNG);
  }

  static XYChart chart(List<Curve> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(620)
            .title("The same network with five activations")
            .xAxisTitle("images learnt")
            .yAxisTitle("loss")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setPlotGridLinesColor(new Color(0xE2E8F0));
    chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    chart.getStyler().setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisDecimalPattern("0.0");
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      XYSeries series = chart.addSeries(curve.activation(), curve.images(), curve.losses());
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(COLOURS.get(i % COLOURS.size()));
      series.setLineStyle(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
    return chart;
  }
}
