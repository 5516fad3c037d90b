package org.cnnc.cli.survey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnc.runtime.Picture;
import org.cnnc.training.data.StoredImage;

/** What a part of a data set is like. */
public final class PartSurvey {
  private final String name;
  private final List<String> classes;
  private final TreeMap<Integer, Integer> counts = new TreeMap<>();
  private final TreeMap<String, Integer> formats = new TreeMap<>();
  private final Sides widths = new Sides();
  private final Sides heights = new Sides();
  private final List<String> broken = new ArrayList<>();
  private int images;

  PartSurvey(String name, List<String> classes) {
    this.name = name;
    this.classes = List.copyOf(classes);
  }

  void add(StoredImage image, int label) {
    images++;
    counts.merge(label, 1, Integer::sum);
    formats.merge(image.format(), 1, Integer::sum);
    Picture picture = image.picture();
    widths.add(picture.width());
    heights.add(picture.height());
  }

  void addBroken(String problem) {
    broken.add(problem);
  }

  String className(int label) {
    return classes.isEmpty() ? Integer.toString(label) : classes.get(label);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** How many could be read. */
  public int images() {
    return images;
  }

  /** Images of each class, in order of the classes' numbers; those without images, if named. */
  public Map<String, Integer> counts() {
    Map<String, Integer> named = new LinkedHashMap<>();
    classes.forEach(each -> named.put(each, 0));
    counts.forEach((label, count) -> named.put(className(label), count));
    return named;
  }

  /** Images of each format. */
  public Map<String, Integer> formats() {
    return formats;
  }

  /** Their widths, in pixels. */
  public Sides widths() {
    return widths;
  }

  /** Their heights, in pixels. */
  public Sides heights() {
    return heights;
  }

  /** What is wrong with those that could not be read. */
  public List<String> broken() {
    return broken;
  }
}
