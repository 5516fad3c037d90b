package org.cnnc.cli.survey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnc.training.data.DataException;
import org.cnnc.training.data.DataVisitor;
import org.cnnc.training.data.StoredImage;

/** Looks at every image of a data set once. */
public final class DataSurvey implements DataVisitor {
  private final List<PartSurvey> parts = new ArrayList<>();
  private final Duplicates duplicates = new Duplicates();
  private final Optional<ContactSheet> sheet;

  /**
   * A survey.
   *
   * @param sheet shows some of the images
   */
  public DataSurvey(Optional<ContactSheet> sheet) {
    this.sheet = sheet;
  }

  @Override
  public void part(String name, List<String> classes) {
    parts.add(new PartSurvey(name, classes));
  }

  @Override
  public void image(StoredImage image, int label) throws IOException {
    PartSurvey part = current();
    part.add(image, label);
    duplicates.add(image, new Duplicates.Place(image.place(), part.name(), part.className(label)));
    sheet.ifPresent(page -> page.add(image, part.className(label)));
  }

  @Override
  public void broken(DataException problem) {
    current().addBroken(problem.getMessage());
  }

  private PartSurvey current() {
    return parts.get(parts.size() - 1);
  }

  /** The data, or those to train with and those to test with. */
  public List<PartSurvey> parts() {
    return List.copyOf(parts);
  }

  /** Images that are there more than once. */
  public List<Duplicates.Group> duplicates() {
    return duplicates.groups();
  }

  /** Whether a picture could not be read. */
  public boolean hasBroken() {
    return parts.stream().anyMatch(part -> !part.broken().isEmpty());
  }
}
