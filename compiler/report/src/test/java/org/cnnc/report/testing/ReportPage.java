package org.cnnc.report.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The page about a training, read as a browser does; for the tests of command and plugin. */
public final class ReportPage {
  /** The titles of its sections. */
  public static final List<String> SECTIONS =
      List.of(
          "The network",
          "How it learnt",
          "What it says",
          "Its worst mistakes",
          "Filters",
          "Feature maps",
          "Layers",
          "Settings",
          "Provenance");

  private static final String PNG = "data:image/png;base64,";

  private final Document document;

  private ReportPage(Document document) {
    this.document = document;
  }

  /** Reads a page, which must be well-formed. */
  public static ReportPage read(Path file) throws IOException {
    try {
      return new ReportPage(
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** What stands in all elements of a name. */
  public List<String> texts(String name) {
    return elements(name, "").stream().map(Element::getTextContent).toList();
  }

  /** Elements of a name whose class begins with {@code style}. */
  public List<Element> elements(String name, String style) {
    List<Element> elements = new ArrayList<>();
    NodeList nodes = document.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").startsWith(style)) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** What the points of the curves say: {@code training, epoch 1: 0.69}. */
  public List<String> marks() {
    return elements("circle", "mark ").stream().map(mark -> mark.getTextContent().strip()).toList();
  }

  /** How many images are in cells of a kind of the confusion matrix: right or wrong. */
  public int counted(String kind) {
    return elements("td", kind).stream()
        .mapToInt(cell -> Integer.parseInt(cell.getTextContent()))
        .sum();
  }

  /** The rows of settings and provenance: {@code epochs: 3}. */
  public List<String> facts() {
    List<String> facts = new ArrayList<>();
    for (Element table : elements("table", "facts")) {
      NodeList names = table.getElementsByTagName("th");
      NodeList values = table.getElementsByTagName("td");
      for (int i = 0; i < names.getLength(); i++) {
        facts.add(names.item(i).getTextContent() + ": " + values.item(i).getTextContent());
      }
    }
    return facts;
  }

  /** Decodes a picture of the page, which lies in the page itself. */
  public static BufferedImage picture(Element img) throws IOException {
    String source = img.getAttribute("src");
    if (!source.startsWith(PNG)) {
      throw new IOException("expected a PNG in the page, found " + source);
    }
    byte[] png = Base64.getDecoder().decode(source.substring(PNG.length()));
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
