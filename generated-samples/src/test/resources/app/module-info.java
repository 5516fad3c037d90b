module org.example.app {
  requires org.cnnc.runtime;
}
